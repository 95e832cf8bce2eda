package io.fovea.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea lab}: what stands before its verbs. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "LAB",
        header = "Learn by watching: a whole training, from pictures to a model, with one command.",
        footer = {"", "Example:", "  fovea lab mnist --size small"})
final class LabCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "The name of a lab is missing.");
    }
}
