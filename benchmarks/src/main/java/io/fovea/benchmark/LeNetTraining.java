package io.fovea.benchmark;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.event.TrainingEvent;
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
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingListener;
import io.fovea.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
final class LeNetTraining implements Callable<Integer>, TrainingListener {

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

    private final StopSignal stop = new StopSignal();
    private int pictures;
    private int stepsPerEpoch;
    private String engine = "";
    private Moment start = new Moment(0, 0);
    private Moment end = new Moment(0, 0);
    private long timedSteps;
    private double loss;

    /** When so many pictures had been trained. */
    private record Moment(long pictures, long nanos) {}

    /** Runs in a process of its own; see {@link TrainingBenchmark}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LeNetTraining()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("fovea-benchmark-");
        try {
            ImportSettings settings = ImportSettings.of(
                            "mnist", new Preparation(SIDE, SIDE, ColorMode.GREY, ResizeMode.SQUASH))
                    .withSplits(new SplitSettings(0, 0));
            DatasetImport.run(
                    List.of(Source.of(data.resolve("mnist"))), settings, folder.resolve("mnist"), (_, _) -> {});
            Network network = Catalogue.network("lenet", new Shape(1, SIDE, SIDE), CLASSES);
            try (Dataset dataset = Dataset.open(folder.resolve("mnist"))) {
                pictures = dataset.count(Split.TRAINING);
                new Trainer(dataset, network, settings(), folder.resolve("run"), this, stop).run();
            }
        } finally {
            Folder.delete(folder);
        }
        double seconds = (end.nanos - start.nanos) / 1e9;
        System.out.printf(
                Locale.ROOT,
                """
                {"peer":"fovea","version":"%s","imagesPerSecond":%.1f,"steps":%d,"batchSize":%d,"threads":%d,"finalLoss":%.5f}%n\
                """,
                engine,
                (end.pictures - start.pictures) / seconds,
                timedSteps,
                batchSize,
                threads,
                loss);
        return 0;
    }

    private TrainingSettings settings() {
        return TrainingSettings.defaults(SEED)
                .withEpochs(1 + (warmUp + 2 * steps) * batchSize / pictures)
                .withBatchSize(batchSize)
                .withSchedule(new LearningRateSchedule.Fixed())
                .withComputation(new ComputationSettings(Engine.AUTOMATIC, precision, threads));
    }

    /** Starts and stops the clock; events come every few steps, so both ends lie on such a step. */
    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.RunStarted started -> {
                stepsPerEpoch = started.stepsPerEpoch();
                engine = started.engine();
            }
            case TrainingEvent.StepFinished step -> {
                if (start.nanos == 0 && step.step() >= warmUp) {
                    start = moment(step);
                    timedSteps = -step.step();
                } else if (start.nanos != 0 && end.nanos == 0 && timedSteps + step.step() >= steps) {
                    end = moment(step);
                    timedSteps += step.step();
                    loss = step.loss();
                    stop.request();
                }
            }
            case TrainingEvent.Remarked _,
                    TrainingEvent.PicturesAnswered _,
                    TrainingEvent.MachineUsed _,
                    TrainingEvent.StartJudged _,
                    TrainingEvent.EpochFinished _,
                    TrainingEvent.CheckpointSaved _ -> {}
            case TrainingEvent.SnapshotSaved _, TrainingEvent.RunFinished _ -> {}
        }
    }

    private Moment moment(TrainingEvent.StepFinished step) {
        long before = step.epoch() - 1L;
        // The last batch of an epoch is not full.
        return new Moment(before * pictures + (step.step() - before * stepsPerEpoch) * batchSize, System.nanoTime());
    }
}
