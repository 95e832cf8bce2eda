package io.fovea.benchmark;

import io.fovea.module.Computation;
import io.fovea.module.Engine;
import io.fovea.module.EngineTrial;
import io.fovea.module.Modules;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.tensor.Precision;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whole steps of a network of the catalogue by one engine, without loading; one line of JSON. */
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
        Computation computation = Modules.resolved(network, engine, precision);
        System.out.printf(
                Locale.ROOT,
                "{\"engine\":\"%s\",\"precision\":\"%s\",\"imagesPerSecond\":%.2f,\"operationsPerPicture\":%.0f}%n",
                computation.engine(),
                computation.precision(),
                trial.imagesPerSecond(computation, threads, warmUp, seconds),
                trial.operationsPerPicture());
    }
}
