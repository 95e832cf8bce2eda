package io.fovea.cli;

import io.fovea.terminal.OutputFormat;
import picocli.CommandLine.Option;

/** The option that every verb with a result has. */
final class OutputOption {

    @Option(order = 91, names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    OutputFormat format() {
        return json ? OutputFormat.JSON : OutputFormat.TEXT;
    }

    boolean isJson() {
        return json;
    }
}
