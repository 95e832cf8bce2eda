package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.Preprocessing;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Loss;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.training.MapTraining;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import io.fovea.transfer.MapTransfer;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    private static final String WEIGHTS = "resnet18-imagenet";
    private static final int EPOCHS_ON_BACKBONE = 12;

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--set",
            paramLabel = "SET",
            defaultValue = "camvid",
            description = "camvid (streets, 11 classes) or membrane (cells, 2 classes). Default: ${DEFAULT-VALUE}.")
    private LabMaskSet set;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the pictures and masks. Default: looked for in $FOVEA_DATA.")
    private Path data;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description =
                    "Passes over the pictures of each network. Default: 60 from scratch, 12 on pretrained weights.")
    private Integer epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    LabSegmentationCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TrainingSettings fromScratch =
                chosen(() -> settings(MapTraining.defaults(seed), set.epochs()).withBatchSize(set.batchSize()));
        TrainingSettings onBackbone = chosen(() -> settings(MapTraining.onBackbone(seed), EPOCHS_ON_BACKBONE));
        Workspace place = workspace.workspace();
        long start = System.nanoTime();
        List<String> remarks = new ArrayList<>();
        List<LabMaps.Trained> models = new ArrayList<>();
        try (Dataset pictures = set.open(console, place, Optional.ofNullable(data))) {
            console.progress(String.format(
                    Locale.ROOT,
                    "%,d pictures to train on, %,d to choose the epoch, %,d to test on, ready after %.1f s.",
                    pictures.count(Split.TRAINING),
                    pictures.count(Split.VALIDATION),
                    pictures.count(Split.TEST),
                    (System.nanoTime() - start) / 1e9));
            for (TrainingPlan plan : plans(place, pictures, fromScratch, onBackbone, remarks)) {
                console.progress("Training " + plan.network().name() + " ...");
                Optional<TrainingJob.Done> done = new TrainingJob(console, place).run(plan);
                if (done.isEmpty()) return ExitCode.FAILED;
                models.add(LabMaps.Trained.of(plan.network().name(), pictures, done.get()));
            }
        }
        LabMaps report = new LabMaps("segmentation", seed, "worst.png", remarks, models);
        switch (output.format()) {
            case JSON -> console.json(report.asJson());
            case TEXT -> report.print(console);
        }
        return ExitCode.DONE;
    }

    private List<TrainingPlan> plans(
            Workspace place,
            Dataset pictures,
            TrainingSettings fromScratch,
            TrainingSettings onBackbone,
            List<String> remarks) {
        Preparation form = pictures.preparation();
        Network drawn = Catalogue.network(
                set.network(),
                new Shape(form.channels(), form.height(), form.width()),
                pictures.classNames().size());
        List<TrainingPlan> plans = new ArrayList<>();
        plans.add(new TrainingPlan(model(drawn), pictures, drawn, fromScratch));
        if (!set.suitsPretrained()) return plans;
        Path weights = place.weights(WEIGHTS);
        if (Files.isDirectory(weights)) {
            plans.add(onBackbone(PretrainedFolder.read(weights), pictures, onBackbone));
        } else {
            remarks.add("There are no weights that know photographs: " + Launched.command() + " network import "
                    + WEIGHTS + ", then the same command again trains a network on them.");
        }
        return plans;
    }

    private TrainingPlan onBackbone(Pretrained weights, Dataset pictures, TrainingSettings settings) {
        Preprocessing preprocessing = TransferJob.preprocessing(weights, pictures);
        MapTransfer maps = MapTransfer.of(weights, pictures, preprocessing, seed);
        TrainingStart start = TrainingStart.of(maps.weights(), preprocessing);
        return new TrainingPlan(
                model(maps.network()),
                pictures,
                maps.network(),
                settings.withLayerRates(maps.rates()),
                start,
                _ -> start);
    }

    private String model(Network network) {
        return DataJson.word(set) + "-" + network.name();
    }

    private TrainingSettings settings(TrainingSettings base, int usualEpochs) {
        // classes of a street differ a hundredfold in pixels: equal weights forget the rare ones
        return base.withEpochs(epochs == null ? usualEpochs : epochs)
                .withLoss(new Loss.CrossEntropy(0, new ClassWeights.Softened()))
                .withAugmentation(set.augmentation());
    }

    private <T> T chosen(Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }
}
