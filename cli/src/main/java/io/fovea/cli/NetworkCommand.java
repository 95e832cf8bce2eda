package io.fovea.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea network}: what stands before its verbs. */
@Command(
        name = "network",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        header = "Look at networks, import weights that others trained, and use them as they are.",
        footer = {
            "",
            "Examples:",
            "  fovea network list",
            "  fovea network show lenet",
            "  fovea network weights",
            "  fovea network import resnet18-imagenet",
            "  fovea network export resnet18-imagenet"
        })
final class NetworkCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb is missing.");
    }
}
