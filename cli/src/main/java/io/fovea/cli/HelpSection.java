package io.fovea.cli;

import java.util.List;

/**
 * Options of a verb under one heading.
 *
 * @param heading what they are about, without a colon
 * @param reach   whether {@code --help} shows them, or only {@code --help-all}
 * @param options their names, such as {@code --data}, the most used first
 */
record HelpSection(String heading, Reach reach, List<String> options) {

    /** Which help shows a section. */
    enum Reach {
        /** Both: what most people need. */
        FIRST_SCREEN,
        /** Only {@code --help-all}. */
        ALL
    }

    /** Copies the list. */
    HelpSection {
        options = List.copyOf(options);
    }

    static HelpSection first(String heading, String... options) {
        return new HelpSection(heading, Reach.FIRST_SCREEN, List.of(options));
    }

    static HelpSection more(String heading, String... options) {
        return new HelpSection(heading, Reach.ALL, List.of(options));
    }
}
