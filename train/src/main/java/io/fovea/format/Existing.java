package io.fovea.format;

/** What is done with a file or folder that is where something is to be written. */
public enum Existing {
    /** It stays, and nothing is written. */
    KEEP,
    /** It is replaced once the new one is complete. */
    REPLACE
}
