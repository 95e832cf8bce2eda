package io.fovea.choice;

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

/**
 * How a hybrid is made, in the words of its job; what is empty is as usual.
 *
 * @param kernels     {@code kmeans}, {@code random} or {@code from MODEL}
 * @param search      a name of {@link io.fovea.search}
 * @param mode        one of {@link #MODES}
 * @param generations of evolution
 * @param minutes     to evolve for, instead
 * @param k           neighbours that vote
 * @param references  {@code all} or {@code prototypes:N}
 * @param engineSize  such as {@code 74KB}
 * @param seed        of every random choice
 */
public record HybridChoice(
        Optional<String> kernels,
        Optional<String> search,
        Optional<String> mode,
        Optional<Integer> generations,
        Optional<Double> minutes,
        Optional<Integer> k,
        Optional<String> references,
        Optional<String> engineSize,
        Optional<Long> seed) {

    /** From drawn kernels larger steps lose more than they find (docs/experiments.md). */
    public static final double STEP_FROM_RANDOM = 0.12;

    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(b|kb|mb)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROTOTYPES = Pattern.compile("prototypes:(\\d{1,6})");
    /** The words for a mode of evolution. */
    public static final List<String> MODES = List.of("parallel", "serial-filter", "serial-layer", "joint");

    /**
     * Returns the settings.
     *
     * @param job what asks for them, for messages
     * @throws Problem if words contradict each other or name nothing, or a number is out of range
     */
    public HybridSettings settings(Workspace workspace, String job) {
        try {
            return checked(workspace);
        } catch (IllegalArgumentException outOfRange) {
            throw new Problem(
                    outOfRange.getMessage() + ".", "job \"" + job + "\"", "choose a value in range", outOfRange);
        }
    }

    private HybridSettings checked(Workspace workspace) {
        HybridSettings usual = HybridSettings.usual(seed.orElse(1L));
        KernelSource source = source(kernels.orElse("kmeans"), workspace);
        EvolutionMode chosen = mode(mode.orElse("parallel"));
        EvolutionSettings evolution = usual.evolution().with(search.orElse("es-adam"), chosen);
        if (source instanceof KernelSource.Random) evolution = evolution.withStepSize(STEP_FROM_RANDOM);
        if (generations.isEmpty() && chosen == EvolutionMode.SERIAL_FILTER) evolution = evolution.withGenerations(150);
        refuseBoth(
                "Generations and minutes cannot both be given.",
                generations.map(number -> "--generations " + number),
                minutes.map(number -> "--minutes " + number));
        if (generations.isPresent()) evolution = evolution.withGenerations(generations.get());
        if (minutes.isPresent()) evolution = evolution.within(time(minutes.get()));
        refuseBoth(
                "The references follow from the engine's size, so both cannot be given.",
                engineSize.map(size -> "--engine-size " + size),
                references.map(word -> "--references " + word));
        OptionalLong bytes = engineSize.isEmpty() ? OptionalLong.empty() : OptionalLong.of(bytes(engineSize.get()));
        return new HybridSettings(source, evolution, form(usual.form()), bytes, usual.shrinkage(), usual.seed());
    }

    private static void refuseBoth(String what, Optional<String> first, Optional<String> second) {
        if (first.isEmpty() || second.isEmpty()) return;
        throw new Problem(what, first.get() + ", " + second.get(), "leave one of them out");
    }

    private static Duration time(double minutes) {
        if (!(minutes > 0)) throw new IllegalArgumentException("--minutes must be above 0: " + minutes);
        return Duration.ofMillis((long) (minutes * 60_000));
    }

    private EngineForm form(EngineForm usual) {
        ReferenceChoice choice = references.map(HybridChoice::references).orElseGet(ReferenceChoice.All::new);
        boolean few = engineSize.isPresent() || choice instanceof ReferenceChoice.PerClass;
        int voters = k.orElse(few ? 1 : usual.k());
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
