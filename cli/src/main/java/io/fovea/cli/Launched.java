package io.fovea.cli;


/** How this program was called, for commands that it prints to be copied. */
final class Launched {

    private Launched() {}

    /** Returns the words that start Fovea here, such as {@code ./fovea}; the launcher hands them on. */
    static String command() {
        String word = System.getProperty("fovea.command", "fovea");
        return word.contains(" ") ? "\"" + word + "\"" : word;
    }
}
