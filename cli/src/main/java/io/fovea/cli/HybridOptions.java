package io.fovea.cli;

import io.fovea.hybrid.EngineForm;
import io.fovea.hybrid.EvolutionMode;
import io.fovea.hybrid.EvolutionSettings;
import io.fovea.hybrid.HybridSettings;
import io.fovea.hybrid.KernelSource;
import io.fovea.hybrid.ReferenceChoice;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How a hybrid is made, as options. */
final class HybridOptions {

    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(b|kb|mb)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROTOTYPES = Pattern.compile("prototypes:(\\d{1,6})");
    /** From drawn kernels larger steps lose more than they find (docs/experiments.md). */
    static final double STEP_FROM_RANDOM = 0.12;

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

    /**
     * Returns the settings.
     *
     * @throws Problem if options contradict each other or name nothing
     * @throws IllegalArgumentException if a number is out of range
     */
    HybridSettings settings(Workspace workspace) {
        HybridSettings usual = HybridSettings.usual(seed);
        KernelSource source = source(workspace);
        EvolutionMode searched = mode();
        EvolutionSettings evolution = usual.evolution().with(search, searched);
        if (source instanceof KernelSource.Random) evolution = evolution.withStepSize(STEP_FROM_RANDOM);
        if (generations == null && searched == EvolutionMode.SERIAL_FILTER) evolution = evolution.withGenerations(150);
        if (generations != null && minutes != null) {
            throw new Problem(
                    "Generations and minutes cannot both be given.",
                    "--generations " + generations + ", --minutes " + minutes,
                    "leave one of them out");
        }
        if (generations != null) evolution = evolution.withGenerations(generations);
        if (minutes != null) {
            if (!(minutes > 0)) throw new IllegalArgumentException("--minutes must be above 0: " + minutes);
            evolution = evolution.within(Duration.ofMillis((long) (minutes * 60_000)));
        }
        OptionalLong bytes = engineBytes();
        if (bytes.isPresent() && references != null) {
            throw new Problem(
                    "The references follow from the engine's size, so both cannot be given.",
                    "--engine-size " + engineSize + ", --references " + references,
                    "leave one of them out");
        }
        return new HybridSettings(source, evolution, form(usual.form()), bytes, usual.shrinkage(), seed);
    }

    /**
     * Returns the most that the engine may take, if that was given.
     *
     * @throws Problem if it is no size
     */
    OptionalLong engineBytes() {
        return engineSize == null ? OptionalLong.empty() : OptionalLong.of(bytes(engineSize));
    }

    private EngineForm form(EngineForm usual) {
        ReferenceChoice choice = references == null ? new ReferenceChoice.All() : references();
        boolean few = engineSize != null || choice instanceof ReferenceChoice.PerClass;
        int voters = k != null ? k : few ? 1 : usual.k();
        return new EngineForm(
                usual.kernelBits(), usual.projectionBits(), usual.subclasses(), usual.dimensions(), choice, voters);
    }

    private ReferenceChoice references() {
        if (references.equals("all")) return new ReferenceChoice.All();
        Matcher prototypes = PROTOTYPES.matcher(references);
        if (prototypes.matches() && Integer.parseInt(prototypes.group(1)) > 0)
            return new ReferenceChoice.PerClass(Integer.parseInt(prototypes.group(1)));
        throw new Problem(
                "References are \"all\" or \"prototypes:N\" with N at least 1, not \"" + references + "\".",
                "option --references",
                "for example --references prototypes:30");
    }

    private EvolutionMode mode() {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "parallel" -> EvolutionMode.PARALLEL;
            case "serial-filter" -> EvolutionMode.SERIAL_FILTER;
            case "serial-layer" -> EvolutionMode.SERIAL_LAYER;
            case "joint" -> EvolutionMode.JOINT;
            default ->
                throw new Problem(
                        "There is no mode \"" + mode + "\".",
                        "option --mode",
                        Nearest.suggestion(mode, List.of("parallel", "serial-filter", "serial-layer", "joint")));
        };
    }

    private KernelSource source(Workspace workspace) {
        String first = kernels.getFirst();
        if (first.equals("from") && kernels.size() == 2) return TrainedKernels.of(kernels.get(1), workspace);
        if (first.startsWith("from:") && kernels.size() == 1)
            return TrainedKernels.of(first.substring("from:".length()), workspace);
        if (kernels.size() == 1 && first.equals("random")) return new KernelSource.Random();
        if (kernels.size() == 1 && first.equals("kmeans")) return new KernelSource.Clustered();
        throw new Problem(
                "Kernels are \"random\", \"kmeans\" or \"from MODEL\", not \"" + String.join(" ", kernels) + "\".",
                "option --kernels",
                "for example --kernels from mnist-hybrid-64");
    }

    private static long bytes(String size) {
        Matcher matcher = SIZE.matcher(size.strip());
        if (!matcher.matches() || matcher.group(1).length() > 12) {
            throw new Problem(
                    "A size is a whole number of bytes, KB (1,024 bytes) or MB, not \"" + size + "\".",
                    "option --engine-size",
                    "for example --engine-size 74KB");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "b" : matcher.group(2).toLowerCase(Locale.ROOT);
        return switch (unit) {
            case "kb" -> number * 1024;
            case "mb" -> number * 1024 * 1024;
            default -> number;
        };
    }
}
