package io.fovea.cli;

import io.fovea.lab.Choice;
import io.fovea.lab.MapResult;
import io.fovea.lab.MaskSet;
import io.fovea.lab.SegmentationLab;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class LabSegmentationCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

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

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    LabSegmentationCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        OptionalInt passes = epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs);
        Optional<MapResult> result = new LabDoor(console, workspace.workspace(), spec)
                .run(site ->
                        new SegmentationLab(site).run(set, Choice.of(data, Optional.empty(), passes, seed.seed())));
        if (result.isEmpty()) return ExitCode.FAILED;
        switch (output.format()) {
            case JSON -> console.json(result.get().json(JvmClock.secondsSinceStart()));
            case TEXT -> new LabWords(console).print(result.get());
        }
        return ExitCode.DONE;
    }
}
