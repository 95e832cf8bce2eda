package io.fovea.job;

import io.fovea.choice.TrainedKernels;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a hybrid is made, from the words of its job. */
public final class HybridChoice {

    /** From drawn kernels larger steps lose more than they find (docs/experiments.md). */
    public static final double STEP_FROM_RANDOM = 0.12;

    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(b|kb|mb)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROTOTYPES = Pattern.compile("prototypes:(\\d{1,6})");
    private static final List<String> MODES = List.of("parallel", "serial-filter", "serial-layer", "joint");

    private HybridChoice() {}

    /**
     * Returns the settings.
     *
     * @throws Problem if words contradict each other or name nothing, or a number is out of range
     */
    static HybridSettings settings(Job.Hybrid job, Workspace workspace) {
        try {
            return checked(job, workspace);
        } catch (IllegalArgumentException outOfRange) {
            throw new Problem(
                    outOfRange.getMessage() + ".",
                    "job \"" + job.prefix() + "\"",
                    "choose a value in range",
                    outOfRange);
        }
    }

    private static HybridSettings checked(Job.Hybrid job, Workspace workspace) {
        HybridSettings usual = HybridSettings.usual(job.seed().orElse(1L));
        KernelSource source = source(job.kernels().orElse("kmeans"), workspace);
        EvolutionMode mode = mode(job.mode().orElse("parallel"));
        EvolutionSettings evolution = usual.evolution().with(job.search().orElse("es-adam"), mode);
        if (source instanceof KernelSource.Random) evolution = evolution.withStepSize(STEP_FROM_RANDOM);
        if (job.generations().isEmpty() && mode == EvolutionMode.SERIAL_FILTER)
            evolution = evolution.withGenerations(150);
        refuseBoth(
                "Generations and minutes cannot both be given.",
                job.generations().map(number -> "--generations " + number),
                job.minutes().map(number -> "--minutes " + number));
        if (job.generations().isPresent())
            evolution = evolution.withGenerations(job.generations().get());
        if (job.minutes().isPresent())
            evolution = evolution.within(time(job.minutes().get()));
        refuseBoth(
                "The references follow from the engine's size, so both cannot be given.",
                job.engineSize().map(size -> "--engine-size " + size),
                job.references().map(word -> "--references " + word));
        OptionalLong bytes = job.engineSize().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(bytes(job.engineSize().get()));
        return new HybridSettings(source, evolution, form(job, usual.form()), bytes, usual.shrinkage(), usual.seed());
    }

    private static void refuseBoth(String what, Optional<String> first, Optional<String> second) {
        if (first.isEmpty() || second.isEmpty()) return;
        throw new Problem(what, first.get() + ", " + second.get(), "leave one of them out");
    }

    private static Duration time(double minutes) {
        if (!(minutes > 0)) throw new IllegalArgumentException("--minutes must be above 0: " + minutes);
        return Duration.ofMillis((long) (minutes * 60_000));
    }

    private static EngineForm form(Job.Hybrid job, EngineForm usual) {
        ReferenceChoice choice = job.references().map(HybridChoice::references).orElseGet(ReferenceChoice.All::new);
        boolean few = job.engineSize().isPresent() || choice instanceof ReferenceChoice.PerClass;
        int voters = job.k().orElse(few ? 1 : usual.k());
        return new EngineForm(
                usual.kernelBits(), usual.projectionBits(), usual.subclasses(), usual.dimensions(), choice, voters);
    }

    private static ReferenceChoice references(String words) {
        if (words.equals("all")) return new ReferenceChoice.All();
        Matcher prototypes = PROTOTYPES.matcher(words);
        if (prototypes.matches() && Integer.parseInt(prototypes.group(1)) > 0)
            return new ReferenceChoice.PerClass(Integer.parseInt(prototypes.group(1)));
        throw new Problem(
                "References are \"all\" or \"prototypes:N\" with N at least 1, not \"" + words + "\".",
                "option --references",
                "for example --references prototypes:30");
    }

    private static EvolutionMode mode(String word) {
        int index = MODES.indexOf(word.toLowerCase(Locale.ROOT));
        if (index < 0)
            throw new Problem("There is no mode \"" + word + "\".", "option --mode", Nearest.suggestion(word, MODES));
        return switch (MODES.get(index)) {
            case "serial-filter" -> EvolutionMode.SERIAL_FILTER;
            case "serial-layer" -> EvolutionMode.SERIAL_LAYER;
            case "joint" -> EvolutionMode.JOINT;
            default -> EvolutionMode.PARALLEL;
        };
    }

    private static KernelSource source(String words, Workspace workspace) {
        if (words.startsWith("from ") || words.startsWith("from:"))
            return TrainedKernels.of(words.substring("from ".length()).strip(), workspace);
        if (words.equals("random")) return new KernelSource.Random();
        if (words.equals("kmeans")) return new KernelSource.Clustered();
        throw new Problem(
                "Kernels are \"random\", \"kmeans\" or \"from MODEL\", not \"" + words + "\".",
                "option --kernels",
                "for example --kernels from mnist-hybrid-64");
    }

    /**
     * Reads a size such as {@code 74KB}.
     *
     * @throws Problem if it is none
     */
    public static long bytes(String size) {
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
