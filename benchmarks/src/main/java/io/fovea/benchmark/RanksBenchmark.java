package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.dataset.Preparation;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Two ranks of one thread beside one process of two: the same pictures, batches and seed, so that what is lost is what ranks tell each other. And one
 * process of one thread, whose loss shows how far rounding alone leads two trainings apart.
 *
 * <p>From steps of one thread with the whole batch and an eighth of it follow the {@link RankCosts}, which are held against the two ranks, and reckon
 * what more ranks would be worth.
 */
@Command(
        name = "ranks",
        description = "Training by two processes of one thread beside one of two: images per second, and the loss.")
final class RanksBenchmark implements Callable<Integer> {

    private static final String FIGURE = "/imagesPerSecond";
    private static final String LOSS = "/lossCompared";
    private static final int PART_OF_BATCH = 8;
    private static final List<Integer> RECKONED = List.of(2, 4, 8, 16, 32, 64);
    private static final List<Integer> GIGABITS = List.of(1, 10, 25);

    /** What is trained. */
    enum Subject {
        /** LeNet on MNIST, by the vector kernels. */
        LENET("lenet", "mnist", "", new Preparation(28, 28, ColorMode.GREY, ResizeMode.SQUASH), 64, 0.01, 1000, 2000),
        /** ResNet-20 on CIFAR-10, by libtorch. */
        RESNET20(
                "resnet20",
                "cifar10",
                "data_batch_1.first4000.bin.gz",
                new Preparation(32, 32, ColorMode.COLOR, ResizeMode.SQUASH),
                128,
                0.1,
                20,
                90);

        private final String network;
        private final String data;
        private final String part;
        private final Preparation preparation;
        private final int batchSize;
        private final double learningRate;
        private final int warmUp;
        private final int steps;

        Subject(
                String network,
                String data,
                String part,
                Preparation preparation,
                int batchSize,
                double learningRate,
                int warmUp,
                int steps) {
            this.network = network;
            this.data = data;
            this.part = part;
            this.preparation = preparation;
            this.batchSize = batchSize;
            this.learningRate = learningRate;
            this.warmUp = warmUp;
            this.steps = steps;
        }

        private Path imported(Path folder) {
            ImportSettings settings = ImportSettings.of(data, preparation).withSplits(new SplitSettings(0, 0));
            Path files = Repository.data(data).resolve(data).resolve(part);
            DatasetImport.run(List.of(Source.of(files)), settings, folder, (_, _) -> {});
            return folder;
        }
    }

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WHAT",
            description = "Only these: lenet, resnet20 (default: all).")
    private Set<Subject> only = EnumSet.allOf(Subject.class);

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "How often each side trains (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--part",
            defaultValue = "1",
            description = "A divisor of the steps, to try things out (default: ${DEFAULT-VALUE}).")
    private int part;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        for (Subject subject : only) {
            Path folder = Files.createTempDirectory("fovea-benchmark-");
            try {
                measure(subject, subject.imported(folder.resolve("dataset")), machine);
            } finally {
                Folder.delete(folder);
            }
        }
        return 0;
    }

    private void measure(Subject subject, Path dataset, Machine machine) throws InterruptedException {
        int batch = subject.batchSize;
        Side thread = side("one-thread", subject, dataset, batch, 1, 1);
        Side less = side("one-thread-part-of-batch", subject, dataset, batch / PART_OF_BATCH, 1, 1);
        Side one = side("one-process", subject, dataset, batch, 1, 2);
        Side two = side("two-ranks", subject, dataset, batch, 2, 1);
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(
                        List.of(thread, less, one, two),
                        rounds,
                        measured -> String.format(
                                Locale.ROOT,
                                "%8.0f images/s",
                                measured.figures().at(FIGURE).asDouble()));
        List<Outcome.Measured> single = measured(outcomes.get(thread));
        List<Outcome.Measured> alone = measured(outcomes.get(one));
        List<Outcome.Measured> together = measured(outcomes.get(two));
        double speedAlone = Rounds.median(alone, FIGURE);
        double speedTogether = Rounds.median(together, FIGURE);
        double loss = Rounds.median(alone, LOSS);
        double difference = Math.abs(Rounds.median(together, LOSS) - loss) / loss;
        RankCosts costs = costs(subject, single, measured(outcomes.get(less)));
        double sum = Rounds.median(together, "/secondsOfSum");
        double reckoned = batch / (costs.computing(2) + sum);
        double ofThreads = Math.abs(Rounds.median(single, LOSS) - loss) / loss;
        recordOption.finish(
                "ranks",
                "ranks-" + subject.network,
                machine,
                Map.of(
                        "network",
                        subject.network,
                        "data",
                        subject.data,
                        "batchSize",
                        subject.batchSize,
                        "warmUp",
                        subject.warmUp / part,
                        "steps",
                        subject.steps / part,
                        "rounds",
                        rounds),
                List.of(
                        subject.network,
                        Integer.toString(subject.batchSize),
                        String.format(Locale.ROOT, "%,.0f", Rounds.median(single, FIGURE)),
                        String.format(Locale.ROOT, "%,.0f", speedAlone),
                        String.format(Locale.ROOT, "%,.0f", speedTogether),
                        String.format(Locale.ROOT, "**%.0f %%**", 100 * speedTogether / speedAlone),
                        String.format(Locale.ROOT, "%,.0f", reckoned),
                        String.format(Locale.ROOT, "%.2f ms", 1e3 * sum),
                        String.format(Locale.ROOT, "%.1e", difference),
                        String.format(Locale.ROOT, "%.1e", ofThreads)),
                content -> {
                    content.set("sides", Result.sides(outcomes));
                    content.put("fixedSeconds", costs.fixed())
                            .put("secondsPerPicture", costs.perPicture())
                            .put("parameters", costs.parameters())
                            .put("secondsOfSum", sum)
                            .put("reckonedImagesPerSecond", reckoned);
                    for (int gigabits : GIGABITS) {
                        ObjectNode line = content.putObject("speedUpAtGigabits" + gigabits);
                        for (int ranks : RECKONED)
                            line.put(
                                    Integer.toString(ranks), costs.speedUp(ranks, RankCosts.Line.ofGigabits(gigabits)));
                    }
                });
    }

    private static RankCosts costs(Subject subject, List<Outcome.Measured> whole, List<Outcome.Measured> part) {
        int batch = subject.batchSize;
        return RankCosts.of(
                new RankCosts.Step(batch, batch / Rounds.median(whole, FIGURE)),
                new RankCosts.Step(batch / PART_OF_BATCH, batch / PART_OF_BATCH / Rounds.median(part, FIGURE)),
                batch,
                whole.getFirst().figures().at("/parameters").asLong());
    }

    private static List<Outcome.Measured> measured(List<Outcome> outcomes) {
        if (outcomes.getLast() instanceof Outcome.Failed(String reason))
            throw new Problem(
                    "A side has failed: " + reason, "benchmarks/run ranks", "look at what it says, and run it again");
        return Rounds.measured(outcomes);
    }

    private Side side(String name, Subject subject, Path dataset, int batch, int ranks, int threads) {
        return Launcher.read()
                .side(
                        name,
                        RankTraining.class,
                        List.of(
                                "--dataset=" + dataset,
                                "--network=" + subject.network,
                                "--learning-rate=" + subject.learningRate * batch / subject.batchSize,
                                "--batch=" + batch,
                                "--warm-up=" + subject.warmUp / part,
                                "--steps=" + subject.steps / part,
                                "--ranks=" + ranks,
                                "--threads=" + threads));
    }
}
