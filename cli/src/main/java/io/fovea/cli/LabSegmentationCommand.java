package io.fovea.cli;

import io.fovea.lab.Choice;
import io.fovea.lab.MapResult;
import io.fovea.lab.MaskSet;
import io.fovea.lab.SegmentationLab;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea lab segmentation}: networks learn to give every pixel a class. */
@Command(
        name = "segmentation",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Teach networks to give every pixel a class: streets from a car, or cells under a microscope.",
        description = {
            "",
            "A U-Net learns from scratch. Streets are learned a second time on weights that know a million photographs,"
                    + " if the workspace has some named resnet18-imagenet (fovea network import).",
            "Nothing is chosen on \"val\": it is the test. The epoch is chosen on the last tenth of \"train\" by name.",
            "The same command goes on where a stopped one stood.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea lab segmentation --data camvid/",
            "  fovea lab segmentation --set membrane --data membrane/"
        })
final class LabSegmentationCommand extends LabVerb {

    @Option(
            names = "--set",
            paramLabel = "SET",
            defaultValue = "camvid",
            description = "camvid (streets, 11 classes) or membrane (cells, 2 classes). Default: ${DEFAULT-VALUE}.")
    private MaskSet set;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the pictures and masks. Default: looked for in $FOVEA_DATA.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description =
                    "Passes over the pictures of each network. Default: 60 from scratch, 12 on pretrained weights.")
    private Integer epochs;

    @Mixin
    private LabSeedOption seed;

    LabSegmentationCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        OptionalInt passes = epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs);
        Optional<MapResult> result =
                lab(site -> new SegmentationLab(site).run(set, Choice.of(data, Optional.empty(), passes, seed.seed())));
        return result.isPresent() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
