package io.fovea.cli;

import io.fovea.job.Job;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a hybrid is made, as options. */
final class HybridOptions {

    @Option(
            names = "--kernels",
            paramLabel = "SOURCE",
            arity = "1..2",
            description = "What evolution begins with: random, kmeans (of the pictures' patches), or from MODEL."
                    + " Default: kmeans.")
    private List<String> kernels = List.of("kmeans");

    @Option(
            names = "--search",
            paramLabel = "NAME",
            defaultValue = "es-adam",
            description = "es-adam, openai-es, pgpe, cma-es, sep-cma-es, lm-ma-es, es, pso, pso-constriction,"
                    + " spso2011, ga or de. Default: ${DEFAULT-VALUE}.")
    private String search;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "parallel",
            description = "parallel, serial-filter, serial-layer or joint. Default: ${DEFAULT-VALUE}.")
    private String mode;

    @Option(
            names = "--generations",
            paramLabel = "N",
            description = "Generations; with serial-filter for each filter. 0 evolves nothing. Default: 300,"
                    + " with serial-filter 150.")
    private Integer generations;

    @Option(names = "--minutes", paramLabel = "M", description = "Evolve for M minutes instead.")
    private Double minutes;

    @Option(
            names = "--k",
            paramLabel = "N",
            description = "Neighbours that vote. Default: 9 among all references, 1 among prototypes.")
    private Integer k;

    @Option(
            names = "--references",
            paramLabel = "WHICH",
            description = "all training pictures, or prototypes:N for each class. Default: all.")
    private String references;

    @Option(
            names = "--engine-size",
            paramLabel = "SIZE",
            description = "The most that the model may take to predict, references included, for example 74KB. Chooses"
                    + " bits, codes and prototypes itself.")
    private String engineSize;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute. Default: one per core.")
    private Integer threads;

    /** Whether kernels are taken as they are found. */
    boolean evolvesNothing() {
        return generations != null && generations == 0;
    }

    long seed() {
        return seed;
    }

    /**
     * Returns how many threads compute.
     *
     * @throws IllegalArgumentException if the number is out of range
     */
    int threads() {
        if (threads != null && threads < 1)
            throw new IllegalArgumentException("--threads must be at least 1: " + threads);
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /** Returns what is to be done. */
    Job.Hybrid job(String data, Optional<String> name) {
        return new Job.Hybrid(
                data,
                name,
                Optional.of(String.join(" ", kernels)),
                Optional.of(search),
                Optional.of(mode),
                Optional.ofNullable(generations),
                Optional.ofNullable(minutes),
                Optional.ofNullable(k),
                Optional.ofNullable(references),
                Optional.ofNullable(engineSize),
                Optional.of(seed),
                Optional.ofNullable(threads));
    }

    /** Returns the most that the engine may take, if that was given. */
    Optional<String> engineSize() {
        return Optional.ofNullable(engineSize);
    }
}
