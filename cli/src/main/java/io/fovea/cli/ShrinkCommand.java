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
        header = "Make models small: for a small board, or several times as fast.",
        footer = {
            "",
            "Examples:",
            "  fovea shrink hybrid --data mnist-full --engine-size 74KB",
            "  fovea shrink int8 pets-resnet18 --data pets",
            "  fovea shrink prune pets-resnet18 --data pets --keep 0.5",
            "  fovea shrink ladder digits-lenet --data digits"
        })
final class ShrinkCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "The name of a method is missing.");
    }
}
