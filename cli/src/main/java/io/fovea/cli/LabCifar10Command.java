package io.fovea.cli;

import io.fovea.lab.NetworkLab;
import io.fovea.lab.NetworkResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea lab cifar10}: a network learns ten kinds of things from scratch. */
@Command(
        name = "cifar10",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = RecipeDefaults.class,
        header = "Train a network from scratch on 50,000 small pictures of ten kinds of things.",
        description = {
            "",
            "About ten minutes on two cores. Nothing is chosen on the 10,000 test pictures.",
            "The same command goes on where a stopped one stood.",
            ""
        },
        footer = {"", "Example:", "  fovea lab cifar10 --data cifar10/"})
final class LabCifar10Command extends LabVerb {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The folder with cifar10-jpeg-train.tar.gz and -test.tar.gz, or CIFAR-10's binary files. Default:"
                            + " looked for in $FOVEA_DATA.")
    private Optional<String> data = Optional.empty();

    @Mixin
    private NetworkLabOptions options;

    @Mixin
    private AccuracyOption accuracy;

    LabCifar10Command(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Optional<NetworkResult> result = lab(site -> new NetworkLab(site).cifar10(options.choice(data)));
        if (result.isEmpty()) return ExitCode.FAILED;
        return accuracy.exitCode(result.get().done().verdict(), console);
    }
}
