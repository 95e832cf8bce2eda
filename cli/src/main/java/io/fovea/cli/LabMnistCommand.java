package io.fovea.cli;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.job.DataJson;
import io.fovea.job.TrainResult;
import io.fovea.module.Engine;
import io.fovea.network.Catalogue;
import io.fovea.network.Shape;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Regularisation;
import io.fovea.tensor.Precision;
import io.fovea.training.ComputationSettings;
import io.fovea.training.TrainingSettings;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea lab mnist}: LeNet learns handwritten digits, and the model that comes out is tested and written. */
@Command(
        name = "mnist",
        mixinStandardHelpOptions = true,
        sortOptions = false,
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
            "  fovea lab mnist --data generated         without data and network"
        })
final class LabMnistCommand implements Callable<Integer> {

    private static final int CLASSES = 10;

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "small",
            description = "small (6,000 digits) or full (60,000). Default: ${DEFAULT-VALUE}.")
    private LabSize size;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of MNIST's files, \"mnist\" for those wherever they are, or \"generated\" for"
                    + " digits that Fovea draws.")
    private String data;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "lenet",
            description = "A network of the catalogue (fovea network list). Default: ${DEFAULT-VALUE}.")
    private String network;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Passes over the digits. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "64",
            description = "Digits per step. Default: ${DEFAULT-VALUE}.")
    private int batchSize;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "automatic",
            description = "What computes: automatic, libtorch or vector. Default: ${DEFAULT-VALUE}.")
    private Engine engine;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute. Default: one per core.")
    private Integer threads;

    @Mixin
    private AccuracyOption accuracy;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    LabMnistCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TrainingSettings settings = settings();
        Workspace place = workspace.workspace();
        Catalogue.network(network, new Shape(1, 28, 28), CLASSES); // a wrong name must not wait for the digits
        long start = System.nanoTime();
        LabDigits chosen = new LabData(console, place, size, seed).openOrDraw(Optional.ofNullable(data));
        String lab = chosen.origin().word();
        try (Dataset digits = chosen.dataset()) {
            double datasetSeconds = (System.nanoTime() - start) / 1e9;
            int trainPictures = digits.count(Split.TRAINING);
            console.progress(String.format(
                    Locale.ROOT,
                    "%,d digits to train on, %,d to test on, ready after %.1f s.",
                    trainPictures,
                    digits.count(Split.TEST),
                    datasetSeconds));
            Optional<TrainResult> done =
                    new LabTraining(console, place).run(lab + "-" + network, digits, network, settings);
            if (done.isEmpty()) return ExitCode.FAILED;
            Path example = LabExamples.write(digits, done.get().runFolder());
            LabReport report =
                    new LabReport(lab, network, digits, datasetSeconds, seed, done.get(), Optional.of(example));
            switch (output.format()) {
                case JSON -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("lab", lab);
                    json.put("size", DataJson.word(size));
                    json.put("data", digits.name());
                    json.put("remarks", chosen.remarks());
                    json.putAll(report.asJson());
                    console.json(json);
                }
                case TEXT -> {
                    chosen.remarks().forEach(console::result);
                    report.print(console);
                    console.result("Go on:    " + Launched.command() + " shrink hybrid --data " + digits.name()
                            + " --name tiny --engine-size 36KB" + workspace.words());
                }
            }
            return accuracy.exitCode(done.get().verdict(), console);
        }
    }

    private TrainingSettings settings() {
        try {
            return TrainingSettings.defaults(seed)
                    .withEpochs(epochs)
                    .withBatchSize(batchSize)
                    .withOptimizer(new Optimizer.Momentum(0.9), 0.02)
                    .withSchedule(new LearningRateSchedule.OneCycle(0.2, 10, 1000))
                    .withRegularisation(new Regularisation(0, 0.0005))
                    .withAugmentation(Augmentation.NONE.withShift(0.07).withRotation(8))
                    .withComputation(new ComputationSettings(
                            engine,
                            Precision.FLOAT32,
                            threads == null ? Runtime.getRuntime().availableProcessors() : threads));
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }
}
