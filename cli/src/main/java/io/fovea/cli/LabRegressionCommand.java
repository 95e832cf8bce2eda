package io.fovea.cli;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.job.TrainResult;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.training.TrainingSettings;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea lab regression}: a network learns to point at something in a picture. */
@Command(
        name = "regression",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Teach a network to point: the tip of the nose in photographs of faces.",
        description = {
            "",
            "Learns X and Y from file names (xy_X_Y_id.jpg), as a small robot learns where the road goes.",
            "Nothing is chosen on \"val\": it is the test. The same command goes on where a stopped one stood.",
            ""
        },
        footer = {"", "Example:", "  fovea lab regression --data face-xy/"})
final class LabRegressionCommand implements Callable<Integer> {

    private static final LabPhotographs PHOTOGRAPHS = new LabPhotographs(
            "face-xy", "any folder with \"train\" and \"val\" whose pictures are named xy_X_Y_id.jpg");

    private static final Preparation PREPARATION = new Preparation(224, 224, ColorMode.COLOR, ResizeMode.SQUASH);

    private static final Augmentation VARIED = Augmentation.NONE
            .withHorizontalFlip(0.5)
            .withShift(0.12)
            .withRotation(20)
            .withScale(0.75, 1.3)
            .withBrightness(0.2)
            .withContrast(0.3)
            .withSaturation(0.3)
            .withErasing(0.2);

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the photographs. Default: looked for in $FOVEA_DATA.")
    private Path data;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "point-cnn",
            description = "A network of the catalogue (fovea network list). Default: ${DEFAULT-VALUE}.")
    private String network;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "120",
            description = "Passes over the photographs. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private ErrorOption required;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    LabRegressionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TrainingSettings settings = settings();
        Workspace place = workspace.workspace();
        long start = System.nanoTime();
        try (Dataset faces = PHOTOGRAPHS.open(console, place, Optional.ofNullable(data), PREPARATION)) {
            double datasetSeconds = (System.nanoTime() - start) / 1e9;
            console.progress(String.format(
                    Locale.ROOT,
                    "%,d photographs to train on, %,d to test on, ready after %.1f s.",
                    faces.count(Split.TRAINING),
                    faces.count(Split.TEST),
                    datasetSeconds));
            Optional<TrainResult> done =
                    new LabTraining(console, place).run("regression-" + network, faces, network, settings);
            if (done.isEmpty()) return ExitCode.FAILED;
            LabReport report =
                    new LabReport("regression", network, faces, datasetSeconds, seed, done.get(), Optional.empty());
            switch (output.format()) {
                case JSON -> console.json(report.asJson());
                case TEXT -> {
                    report.print(console);
                    console.result("See it:   " + done.get().runFolder().resolve("predictions.png"));
                }
            }
            return required.exitCode(done.get().verdict(), console);
        }
    }

    private TrainingSettings settings() {
        try {
            return TrainingSettings.defaults(seed)
                    .withEpochs(epochs)
                    .withBatchSize(32)
                    .withOptimizer(new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01), 0.002)
                    .withSchedule(new LearningRateSchedule.OneCycle(0.15, 10, 1000))
                    .withLoss(new Loss.SmoothL1(0.1))
                    .withAugmentation(VARIED);
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }
}
