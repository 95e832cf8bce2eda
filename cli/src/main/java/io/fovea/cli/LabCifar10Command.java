package io.fovea.cli;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.ImportSettings;
import io.fovea.job.TrainResult;
import io.fovea.optimize.Clipping;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Regularisation;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import io.fovea.source.SourceRole;
import io.fovea.training.TrainingSettings;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** {@code fovea lab cifar10}: a network learns ten kinds of things from scratch. */
@Command(
        name = "cifar10",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Train a network from scratch on 50,000 small pictures of ten kinds of things.",
        description = {
            "",
            "About ten minutes on two cores. Nothing is chosen on the 10,000 test pictures.",
            "The same command goes on where a stopped one stood.",
            ""
        },
        footer = {"", "Example:", "  fovea lab cifar10 --data cifar10/"})
final class LabCifar10Command implements Callable<Integer> {

    private static final Preparation PREPARATION = new Preparation(32, 32, ColorMode.COLOR, ResizeMode.SQUASH);

    private static final Augmentation VARIED =
            Augmentation.NONE.withHorizontalFlip(0.5).withCropPadding(4);

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The folder with cifar10-jpeg-train.tar.gz and -test.tar.gz, or CIFAR-10's binary files. Default:"
                            + " looked for in $FOVEA_DATA.")
    private Path data;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "cifar-cnn",
            description = "A network of the catalogue (fovea network list). Default: ${DEFAULT-VALUE}.")
    private String network;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "12",
            description = "Passes over the pictures. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private AccuracyOption accuracy;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    LabCifar10Command(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TrainingSettings settings = settings();
        Workspace place = workspace.workspace();
        long start = System.nanoTime();
        try (Dataset pictures = open(place)) {
            double datasetSeconds = (System.nanoTime() - start) / 1e9;
            console.progress(String.format(
                    Locale.ROOT,
                    "%,d pictures to train on, %,d to test on, ready after %.1f s.",
                    pictures.count(Split.TRAINING),
                    pictures.count(Split.TEST),
                    datasetSeconds));
            Optional<TrainResult> done =
                    new LabTraining(console, place).run("cifar10-" + network, pictures, network, settings);
            if (done.isEmpty()) return ExitCode.FAILED;
            LabReport report =
                    new LabReport("cifar10", network, pictures, datasetSeconds, seed, done.get(), Optional.empty());
            switch (output.format()) {
                case JSON -> console.json(report.asJson());
                case TEXT -> report.print(console);
            }
            return accuracy.exitCode(done.get().verdict(), console);
        }
    }

    private Dataset open(Workspace place) {
        ImportSettings settings = ImportSettings.of("lab-cifar10", PREPARATION);
        LabImport lab = new LabImport(console, place);
        Optional<Dataset> kept = data == null ? lab.kept(settings) : Optional.empty();
        return kept.orElseGet(() -> lab.made(sources(), settings, "pictures"));
    }

    private List<Source> sources() {
        Path named = data != null ? data : Path.of(System.getenv().getOrDefault("FOVEA_DATA", ""));
        for (Path folder : List.of(named, named.resolve("cifar10"))) {
            Path train = folder.resolve("cifar10-jpeg-train.tar.gz");
            Path test = folder.resolve("cifar10-jpeg-test.tar.gz");
            if (Files.isRegularFile(train) && Files.isRegularFile(test)) {
                return List.of(Source.of(train, SourceRole.TRAINING), Source.of(test, SourceRole.TEST));
            }
            if (Files.isRegularFile(folder.resolve("data_batch_5.bin"))) return List.of(Source.of(folder));
        }
        throw new Problem(
                "CIFAR-10 is not here.",
                named.toString().isEmpty() ? "neither --data nor $FOVEA_DATA is given" : named.toString(),
                "fetch https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, unpack it, and name its folder with"
                        + " --data DIR");
    }

    private TrainingSettings settings() {
        try {
            return TrainingSettings.defaults(seed)
                    .withEpochs(epochs)
                    .withBatchSize(128)
                    .withOptimizer(new Optimizer.Nesterov(0.9), 0.03)
                    .withSchedule(new LearningRateSchedule.OneCycle(0.2, 10, 1000))
                    .withRegularisation(new Regularisation(0, 0.0005))
                    .withClipping(new Clipping.ByNorm(2))
                    .withAugmentation(VARIED);
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }
}
