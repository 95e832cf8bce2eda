package io.fovea.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea}: what stands before the verb. */
@Command(
        name = "fovea",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB",
        header = "Trains, tests and ships image classifiers from the JVM.",
        footer = {
            "",
            "First steps:",
            "  fovea doctor                   what this machine has",
            "  fovea lab mnist --size small   train LeNet on 6,000 handwritten digits",
            "  fovea VERB --help              what a verb takes",
        })
final class FoveaCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb is missing.");
    }
}
