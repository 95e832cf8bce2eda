package io.fovea.cli;

import io.fovea.lab.Choice;
import io.fovea.lab.DenoiseLab;
import io.fovea.lab.DigitSize;
import io.fovea.lab.MapResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea lab denoise}: a network takes noise off digits and clothes. */
@Command(
        name = "denoise",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Teach networks to take noise off pictures of digits and clothes.",
        description = {
            "",
            "Gaussian noise of 0.3 of full range is added to MNIST, and to Fashion-MNIST if it is on this machine. A"
                + " denoiser and an autoencoder learn to give the pictures back as they were; the autoencoder's codes"
                + " are drawn as points on a plane.",
            "Where MNIST cannot be had, Fovea draws digits, and says so; with --data it never does.",
            "Told is the peak signal-to-noise ratio before and after. The epoch is chosen on a tenth of the training"
                    + " pictures; nothing is chosen on the test.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea lab denoise --size small           6,000 pictures of each set",
            "  fovea lab denoise --data generated       without data and network"
        })
final class LabDenoiseCommand extends LabVerb {

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "small",
            description = "small (6,000 pictures of each set) or full (60,000). Default: ${DEFAULT-VALUE}.")
    private DigitSize size;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A folder with the folders mnist and fashion-mnist, or the first alone; \"mnist\" for"
                    + " the digits wherever they are, or \"generated\" for digits that Fovea draws.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--network",
            paramLabel = "NAME",
            split = ",",
            description = "Networks that answer with pictures. Default: denoiser-small,autoencoder-small.")
    private List<String> networks = List.of();

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the pictures. Default: 10 of small, 2 of full.")
    private Integer epochs;

    @Mixin
    private LabSeedOption seed;

    LabDenoiseCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        OptionalInt passes = epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs);
        Choice choice = Choice.of(data, Optional.empty(), passes, seed.seed());
        Optional<MapResult> result = lab(site -> new DenoiseLab(site).run(size, choice, networks));
        return result.isPresent() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
