package io.fovea.benchmark;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.module.Engine;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.source.Source;
import io.fovea.tensor.Precision;
import io.fovea.training.ComputationSettings;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Fovea's side of the training benchmark: the trainer as users have it, with its events, its loader and its files; nothing is left out.
 *
 * <p>Prints one line of JSON, in the words of the peers.
 */
@Command(name = "lenet-training")
final class LeNetTraining implements Callable<Integer> {

    private static final int SIDE = 28;
    private static final int CLASSES = 10;
    private static final long SEED = 1;

    @Option(names = "--data", required = true)
    private Path data;

    @Option(names = "--steps", defaultValue = "400")
    private int steps;

    @Option(names = "--warm-up", defaultValue = "100")
    private int warmUp;

    @Option(names = "--batch", defaultValue = "64")
    private int batchSize;

    @Option(names = "--threads", defaultValue = "2")
    private int threads;

    @Option(names = "--precision", defaultValue = "FLOAT32")
    private Precision precision;

    @Option(names = "--engine", defaultValue = "AUTOMATIC")
    private Engine engine;

    /** Runs in a process of its own; see {@link TrainingBenchmark}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LeNetTraining()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("fovea-benchmark-");
        String json;
        try {
            ImportSettings settings = ImportSettings.of(
                            "mnist", new Preparation(SIDE, SIDE, ColorMode.GREY, ResizeMode.SQUASH))
                    .withSplits(new SplitSettings(0, 0));
            DatasetImport.run(
                    List.of(Source.of(data.resolve("mnist"))), settings, folder.resolve("mnist"), (_, _) -> {});
            Network network = Catalogue.network("lenet", new Shape(1, SIDE, SIDE), CLASSES);
            try (Dataset dataset = Dataset.open(folder.resolve("mnist"))) {
                StepClock clock = new StepClock(warmUp, steps, dataset.count(Split.TRAINING), batchSize);
                new Trainer(dataset, network, settings(clock), folder.resolve("run"), clock, clock.stop()).run();
                json = clock.json(threads);
            }
        } finally {
            Folder.delete(folder);
        }
        System.out.println(json);
        return 0;
    }

    private TrainingSettings settings(StepClock clock) {
        return TrainingSettings.defaults(SEED)
                .withEpochs(clock.epochs())
                .withBatchSize(batchSize)
                .withSchedule(new LearningRateSchedule.Fixed())
                .withComputation(new ComputationSettings(engine, precision, threads));
    }
}
