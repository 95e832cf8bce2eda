package io.fovea.terminal;

/** What is printed on stdout. */
public enum OutputFormat {
    /** Words and tables for people. */
    TEXT,
    /** One JSON object for programs. */
    JSON
}
