package io.fovea.benchmark;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.module.Engine;
import io.fovea.network.Catalogue;
import io.fovea.network.Layer;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Regularisation;
import io.fovea.tensor.Precision;
import io.fovea.training.ComputationSettings;
import io.fovea.training.FineTuning;
import io.fovea.training.MapTraining;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Fovea's side where a larger network is trained beside PyTorch: the trainer as users have it, with its events, its loader and its files.
 *
 * <p>Prints one line of JSON, in the words of the peers.
 */
@Command(name = "network-training")
final class NetworkTraining implements Callable<Integer> {

    private static final long SEED = 1;

    /** How it learns. */
    enum Recipe {
        /** Answers of a pixel each, from drawn weights. */
        MAPS,
        /** Classes of pictures, from drawn weights. */
        SCRATCH,
        /** Classes of pictures, from weights that others trained: every layer, but for the batch norms. */
        FINE_TUNING
    }

    @Option(names = "--dataset", required = true)
    private Path data;

    @Option(names = "--network", required = true)
    private String name;

    @Option(names = "--recipe", required = true)
    private Recipe recipe;

    @Option(names = "--steps", required = true)
    private int steps;

    @Option(names = "--warm-up", required = true)
    private int warmUp;

    @Option(names = "--batch", required = true)
    private int batchSize;

    @Option(names = "--threads", required = true)
    private int threads;

    @Option(names = "--precision", defaultValue = "FLOAT32")
    private Precision precision;

    /** Runs in a process of its own; see {@link NetworkSpeeds}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new NetworkTraining()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("fovea-benchmark-");
        try (Dataset dataset = Dataset.open(data)) {
            StepClock clock = new StepClock(warmUp, steps, dataset.count(Split.TRAINING), batchSize);
            Preparation form = dataset.preparation();
            Network network = Catalogue.network(
                    name,
                    new Shape(form.channels(), form.height(), form.width()),
                    dataset.classNames().size());
            new Trainer(dataset, network, settings(clock, network), folder.resolve("run"), clock, clock.stop()).run();
            System.out.println(clock.json(threads));
        } finally {
            Folder.delete(folder);
        }
        return 0;
    }

    private TrainingSettings settings(StepClock clock, Network network) {
        return recipe(network)
                .withEpochs(clock.epochs())
                .withBatchSize(batchSize)
                .withSchedule(new LearningRateSchedule.Fixed())
                .withComputation(new ComputationSettings(Engine.AUTOMATIC, precision, threads));
    }

    private TrainingSettings recipe(Network network) {
        return switch (recipe) {
            case MAPS -> MapTraining.defaults(SEED);
            case SCRATCH ->
                TrainingSettings.defaults(SEED)
                        .withOptimizer(new Optimizer.Momentum(0.9), 0.1)
                        .withRegularisation(new Regularisation(0, 1e-4));
            case FINE_TUNING -> FineTuning.defaults(SEED).withLayerRates(keptNorms(network));
        };
    }

    /** Batch norms say what they say, and do not learn, as in every fine-tuning. */
    private static LayerRates keptNorms(Network network) {
        return new LayerRates(network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.BatchNorm)
                .map(node -> new LayerRates.LayerRate(node.name(), 0))
                .toList());
    }
}
