package io.fovea.cli;

import io.fovea.choice.VerbSituations;
import io.fovea.lab.Choice;
import io.fovea.lab.DigitSize;
import io.fovea.lab.NetworkLab;
import io.fovea.lab.NetworkResult;
import io.fovea.module.Engine;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea lab mnist}: LeNet learns handwritten digits, and the model that comes out is tested and written. */
@Command(
        name = "mnist",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = RecipeDefaults.class,
        header = "Train LeNet on handwritten digits, test it on 10,000 others, write the model.",
        description = {
            "",
            "Finds MNIST in --data DIR, $FOVEA_DATA or its cache, else downloads it and checks the published"
                    + " checksums.",
            "Where it cannot be had, Fovea draws digits, and says so; with --data it never does.",
            "Nothing is chosen on the test digits. The same command goes on where a stopped one stood.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea lab mnist --size small             6,000 digits, 10 epochs",
            "  fovea lab mnist --size full --json       60,000 digits, the outcome as JSON",
            "  fovea lab mnist --fastest                60,000 digits, 99 %% in the fewest seconds",
            "  fovea lab mnist --data generated         without data and network"
        })
final class LabMnistCommand extends LabVerb {

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "small",
            description = "small (6,000 digits) or full (60,000). Default: ${DEFAULT-VALUE}.")
    private DigitSize size;

    @Option(
            names = "--fastest",
            description =
                    "The fewest seconds to 99 %%: all digits, by a recipe of its own, which says size, network, epochs"
                            + " and batch size.")
    private boolean fastest;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of MNIST's files, \"mnist\" for those wherever they are, or \"generated\" for"
                    + " digits that Fovea draws.")
    private Optional<String> data = Optional.empty();

    @Mixin
    private NetworkLabOptions options;

    @Option(names = "--batch-size", paramLabel = "N", description = "Digits per step. Default: ${DEFAULT-VALUE}.")
    private int batchSize;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "automatic",
            description = "What computes: automatic, libtorch or vector. Default: ${DEFAULT-VALUE}.")
    private Engine engine;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private AccuracyOption accuracy;

    LabMnistCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Choice choice = options.choice(data).with(batchSize, engine, threads.threads());
        if (fastest) IdleOption.refuse(VerbSituations.FASTEST, spec);
        Optional<NetworkResult> result = lab(site -> fastest
                ? new NetworkLab(site).fastestMnist(choice.withinRecipe())
                : new NetworkLab(site).mnist(size, choice));
        if (result.isEmpty()) return ExitCode.FAILED;
        if (!output.isJson())
            console.result("Go on:    " + Launched.command() + " shrink hybrid --data "
                    + result.get().data() + " --name tiny --engine-size 36KB" + workspace.words());
        return accuracy.exitCode(result.get().done().verdict(), console);
    }
}
