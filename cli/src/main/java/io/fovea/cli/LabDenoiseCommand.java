package io.fovea.cli;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.importer.SplitSettings;
import io.fovea.job.TrainResult;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.optimize.Loss;
import io.fovea.training.CodeProjection;
import io.fovea.training.MapTraining;
import io.fovea.training.TrainingSettings;
import io.fovea.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
final class LabDenoiseCommand implements Callable<Integer> {

    private static final double NOISE = 0.3;
    private static final int BATCH_SIZE = 16;
    private static final double LEARNING_RATE = 4e-3;
    private static final SplitSettings TENTH_FOR_VALIDATION = new SplitSettings(10, 0);

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "small",
            description = "small (6,000 pictures of each set) or full (60,000). Default: ${DEFAULT-VALUE}.")
    private LabSize size;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A folder with the folders mnist and fashion-mnist, or the first alone; \"mnist\" for"
                    + " the digits wherever they are, or \"generated\" for digits that Fovea draws.")
    private String data;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "denoiser-small,autoencoder-small",
            description = "Networks that answer with pictures. Default: ${DEFAULT-VALUE}.")
    private List<String> networks;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the pictures. Default: 10 of small, 2 of full.")
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

    LabDenoiseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TrainingSettings settings = settings();
        Workspace place = workspace.workspace();
        List<Network> chosen = networks.stream()
                .map(name -> Catalogue.network(name, new Shape(1, 28, 28), 1))
                .toList();
        LabData sets = new LabData(console, place, size, seed, TENTH_FOR_VALIDATION);
        List<String> remarks = new ArrayList<>();
        List<LabMaps.Trained> models = new ArrayList<>();
        try (Dataset digits = remarked(sets.openOrDraw(Optional.ofNullable(data)), remarks)) {
            if (!train(place, digits, chosen, settings, models)) return ExitCode.FAILED;
        }
        Optional<LabDigits> clothes = sets.clothes(Optional.ofNullable(data));
        if (clothes.isPresent()) {
            try (Dataset pictures = clothes.get().dataset()) {
                if (!train(place, pictures, chosen, settings, models)) return ExitCode.FAILED;
            }
        }
        LabMaps report = new LabMaps("denoise", seed, "examples.png", remarks, models);
        switch (output.format()) {
            case JSON -> console.json(report.asJson());
            case TEXT -> report.print(console);
        }
        return ExitCode.DONE;
    }

    private static Dataset remarked(LabDigits digits, List<String> remarks) {
        remarks.addAll(digits.remarks());
        return digits.dataset();
    }

    /** Returns whether all were trained; false if one was stopped after a checkpoint. */
    private boolean train(
            Workspace place,
            Dataset stored,
            List<Network> chosen,
            TrainingSettings settings,
            List<LabMaps.Trained> models) {
        Dataset pictures = stored.forReconstruction();
        console.progress(String.format(
                Locale.ROOT,
                "%s: %,d pictures to train on, %,d to choose the epoch, %,d to test on.",
                stored.name(),
                pictures.count(Split.TRAINING),
                pictures.count(Split.VALIDATION),
                pictures.count(Split.TEST)));
        for (Network layers : chosen) {
            String model = "denoise-" + stored.name() + "-" + layers.name();
            console.progress("Training " + layers.name() + " ...");
            Optional<TrainResult> done = new LabTraining(console, place).run(model, pictures, layers.name(), settings);
            if (done.isEmpty()) return false;
            TrainResult trained = done.get();
            if (CodeProjection.isPossible(layers)) {
                CodeProjection.write(
                        trained.training(),
                        pictures,
                        settings,
                        trained.runFolder().resolve(LabMaps.CODES));
            }
            models.add(LabMaps.Trained.of(layers.name(), stored, trained));
        }
        return true;
    }

    private TrainingSettings settings() {
        int passes = epochs == null ? (size == LabSize.SMALL ? 10 : 2) : epochs;
        try {
            return MapTraining.defaults(seed)
                    .withEpochs(passes)
                    .withBatchSize(BATCH_SIZE)
                    .withLearningRate(LEARNING_RATE)
                    .withLoss(new Loss.MeanSquaredError())
                    .withAugmentation(Augmentation.NONE.withNoise(NOISE));
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }
}
