package io.fovea.benchmark;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.event.TrainingEvent;
import io.fovea.module.Engine;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Optimizer;
import io.fovea.tensor.Precision;
import io.fovea.tensor.Ranks;
import io.fovea.tensor.Rendezvous;
import io.fovea.training.ComputationSettings;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingListener;
import io.fovea.training.TrainingSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A training by one process, or by several ranks on this machine: rank 0 starts the others as processes with its own options.
 *
 * <p>Rank 0 prints one line of JSON.
 */
@Command(name = "rank-training")
final class RankTraining implements Callable<Integer> {

    private static final long SEED = 1;
    /** After which the losses of one process and of ranks are compared, by the next event. */
    private static final int COMPARED_AFTER = 100;

    private static final int SUMS = 200;

    @Option(names = "--dataset", required = true)
    private Path data;

    @Option(names = "--network", required = true)
    private String name;

    @Option(names = "--learning-rate", required = true)
    private double learningRate;

    @Option(names = "--steps", required = true)
    private int steps;

    @Option(names = "--warm-up", required = true)
    private int warmUp;

    @Option(names = "--batch", required = true)
    private int batchSize;

    @Option(names = "--threads", required = true)
    private int threads;

    @Option(names = "--ranks", required = true)
    private int count;

    @Option(names = "--rank", defaultValue = "0")
    private int rank;

    @Option(names = "--address", defaultValue = "")
    private String address;

    private double loss = Double.NaN;
    private double secondsOfSum;

    /** Runs in a process of its own; see {@link RanksBenchmark}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RankTraining()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (count == 1) return train(Ranks.ONE);
        if (rank > 0) {
            try (Ranks ranks = Rendezvous.join(address, rank, count)) {
                return train(ranks);
            }
        }
        List<Process> others = new ArrayList<>();
        try (Rendezvous meeting = Rendezvous.open("localhost", count)) {
            for (int other = 1; other < count; other++) others.add(start(other, meeting.address()));
            try (Ranks ranks = meeting.join()) {
                train(ranks);
            }
            for (Process other : others) if (other.waitFor() != 0) return other.exitValue();
            return 0;
        } finally {
            others.forEach(Process::destroyForcibly);
        }
    }

    private Process start(int other, String meeting) throws IOException {
        List<String> command = new ArrayList<>(List.of(Launcher.java()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RankTraining.class.getName()));
        command.addAll(List.of("--dataset=" + data, "--network=" + name, "--learning-rate=" + learningRate));
        command.addAll(List.of("--steps=" + steps, "--warm-up=" + warmUp, "--batch=" + batchSize));
        command.addAll(List.of("--threads=" + threads, "--ranks=" + count));
        command.addAll(List.of("--rank=" + other, "--address=" + meeting));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private int train(Ranks ranks) throws IOException {
        Path folder = Files.createTempDirectory("fovea-benchmark-");
        try (Dataset dataset = Dataset.open(data)) {
            StepClock clock = new StepClock(warmUp, steps, dataset.count(Split.TRAINING), batchSize);
            Preparation form = dataset.preparation();
            Network network = Catalogue.network(
                    name,
                    new Shape(form.channels(), form.height(), form.width()),
                    dataset.classNames().size());
            TrainingListener listener = event -> {
                if (event instanceof TrainingEvent.StepFinished step
                        && step.step() >= COMPARED_AFTER
                        && Double.isNaN(loss)) loss = step.loss();
                clock.on(event);
            };
            new Trainer(dataset, network, settings(clock), folder.resolve("run"), listener, clock.stop())
                    .among(ranks)
                    .run();
            if (ranks.count() > 1) secondsOfSum = secondsOfSum(ranks, clock.parameters());
            if (ranks.rank() == 0) System.out.println(json(clock));
        } finally {
            Folder.delete(folder);
        }
        return 0;
    }

    /**
     * What the ranks tell each other in a step, by itself.
     *
     * @param parameters as rank 0 has heard
     */
    private static double secondsOfSum(Ranks ranks, long parameters) {
        byte[] told = ranks.broadcast(
                ByteBuffer.allocate(Long.BYTES).putLong(parameters).array());
        float[] values = new float[Math.toIntExact(ByteBuffer.wrap(told).getLong())];
        float[] more = {};
        for (int i = 0; i < SUMS / 5; i++) ranks.sum(values, values.length, more);
        long begin = System.nanoTime();
        for (int i = 0; i < SUMS; i++) ranks.sum(values, values.length, more);
        return (System.nanoTime() - begin) / 1e9 / SUMS;
    }

    private String json(StepClock clock) {
        String measured = clock.json(threads).strip();
        return String.format(
                Locale.ROOT,
                "%s,\"ranks\":%d,\"secondsOfSum\":%.6f,\"lossCompared\":%s}",
                measured.substring(0, measured.length() - 1),
                count,
                secondsOfSum,
                Double.isNaN(loss) ? "null" : Double.toString(loss));
    }

    private TrainingSettings settings(StepClock clock) {
        return TrainingSettings.defaults(SEED)
                .withEpochs(clock.epochs())
                .withBatchSize(batchSize)
                .withOptimizer(new Optimizer.Momentum(0.9), learningRate)
                .withSchedule(new LearningRateSchedule.Fixed())
                .withComputation(new ComputationSettings(Engine.AUTOMATIC, Precision.FLOAT32, threads));
    }
}
