package io.fovea.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea shrink}: what stands before its verbs. */
@Command(
        name = "shrink",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "METHOD",
        header = "Make a classifier that is small enough for a small board.",
        footer = {"", "Example:", "  fovea shrink hybrid --data mnist-full --engine-size 74KB"})
final class ShrinkCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "The name of a method is missing.");
    }
}
