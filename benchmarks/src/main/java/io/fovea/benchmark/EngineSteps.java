package io.fovea.benchmark;

import io.fovea.module.Computation;
import io.fovea.module.Engine;
import io.fovea.module.EngineTrial;
import io.fovea.module.Modules;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.speed.Contest;
import io.fovea.tensor.Precision;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whole steps of a network of the catalogue by one engine, or by the one that a long training comes to, without loading; one line of JSON. */
@Command(name = "engine-steps")
final class EngineSteps implements Runnable {

    @Option(names = "--network", required = true)
    private String name;

    @Option(names = "--channels", required = true)
    private int channels;

    @Option(names = "--side", required = true)
    private int side;

    @Option(names = "--batch", required = true)
    private int batchSize;

    @Option(names = "--engine", required = true)
    private Engine engine;

    @Option(names = "--precision", required = true)
    private Precision precision;

    @Option(names = "--threads", required = true)
    private int threads;

    @Option(names = "--warm-up", required = true)
    private double warmUp;

    @Option(names = "--seconds", required = true)
    private double seconds;

    /** Runs in a process of its own. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new EngineSteps()).execute(arguments));
    }

    @Override
    public void run() {
        Network network = Catalogue.network(name, new Shape(channels, side, side), 10);
        EngineTrial trial = new EngineTrial(network, batchSize);
        List<Engine> able = Modules.able(network, engine, precision);
        Computation computation = Modules.resolved(network, able.size() == 1 ? engine : winner(trial, able), precision);
        double rate;
        double share;
        try (EngineTrial.Steps steps = trial.steps(computation, threads)) {
            take(steps, warmUp);
            try (KernelTime time = KernelTime.begin()) {
                rate = take(steps, seconds);
                share = time.convolutionShare();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "{\"engine\":\"%s\",\"precision\":\"%s\",\"imagesPerSecond\":%.2f,\"operationsPerPicture\":%.0f,"
                        + "\"convolutionsPerPicture\":%.0f,\"convolutionShareOfTime\":%.4f}%n",
                computation.engine(),
                computation.precision(),
                rate,
                trial.operationsPerPicture(),
                trial.convolutionsPerPicture(),
                share);
    }

    private double take(EngineTrial.Steps steps, double wanted) {
        double elapsed = steps.take();
        long taken = 1;
        for (; elapsed < wanted; taken++) elapsed += steps.take();
        return taken * batchSize / elapsed;
    }

    /** Returns what a long training that nobody chose an engine for comes to: by the same rule, on one batch. */
    private Engine winner(EngineTrial trial, List<Engine> able) {
        Contest contest = new Contest(
                Contest.Rule.USUAL, able.getFirst().name(), able.getLast().name());
        Contest.Turn turn = Contest.Turn.GO_ON;
        EngineTrial.Steps steps = trial.steps(Modules.resolved(trial.network(), able.getFirst(), precision), threads);
        try {
            while (!contest.isOver()) {
                turn = contest.took(batchSize, steps.take(), Long.MAX_VALUE);
                if (turn != Contest.Turn.TRY_OTHER) continue;
                steps.close();
                steps = trial.steps(Modules.resolved(trial.network(), able.getLast(), precision), threads);
            }
        } finally {
            steps.close();
        }
        return turn == Contest.Turn.KEEP_OTHER ? able.getLast() : able.getFirst();
    }
}
