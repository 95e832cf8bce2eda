package io.fovea.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea data}: what stands before its verbs. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        header = "Import pictures, and look at what was imported.",
        footer = {"", "Examples:", "  fovea data import pets photos/", "  fovea data list", "  fovea data show pets"})
final class DataCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb is missing.");
    }
}
