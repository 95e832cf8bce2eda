package io.fovea.bundle;

/** The names an entry may have: whoever unpacks a bundle must not be led out of the folder. */
final class EntryName {

    private EntryName() {}

    /** Returns whether every part of the name is plain: no {@code ..}, no root, no backslash, no control character. */
    static boolean isSafe(String name) {
        if (name.isEmpty() || name.length() > 255 || name.startsWith("/") || name.endsWith("/")) return false;
        if (name.chars().anyMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c))) return false;
        for (String part : name.split("/", -1))
            if (part.isBlank() || part.equals(".") || part.equals("..")) return false;
        return true;
    }

    static String safe(String name) {
        if (!isSafe(name)) throw new IllegalArgumentException("Not a name for an entry of a bundle: \"" + name + "\"");
        return name;
    }
}
