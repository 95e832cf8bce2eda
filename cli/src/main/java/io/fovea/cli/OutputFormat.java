package io.fovea.cli;


/** What is printed on stdout. */
enum OutputFormat {
    /** Words and tables for people. */
    TEXT,
    /** One JSON object for programs. */
    JSON
}
