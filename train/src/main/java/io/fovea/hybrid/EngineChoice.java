package io.fovea.hybrid;

import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import io.fovea.tensor.Workers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses the form of an engine that may take only so many bytes: the one that gets most held-out pictures right among the largest that fit.
 *
 * <p>What is traded: bits of the kernels, bits of the projection, the length of the codes, the number of prototypes. A form of each combination of bits and
 * prototypes is tried, with the longest codes that still fit.
 */
final class EngineChoice {

    /** What the graph takes beside its numbers and the names of the classes: operators, shapes, names of layers; with room to spare. */
    private static final int GRAPH_BYTES = 3_000;

    private static final int[] BITS = {8, 4};
    private static final int[] PER_CLASS = {1, 3, 5, 10, 20};
    private static final int MOST_DIMENSIONS = 48;
    private static final int LEAST_DIMENSIONS = 4;
    private static final int FORMS_TRIED = 10;
    private static final int MOST_SUBCLASSES = 8;

    private final Topology topology;
    private final Preprocessing preprocessing;
    private final HybridSettings settings;
    private final List<String> classNames;
    private final Workers workers;
    private final EngineFit fit;

    EngineChoice(
            Topology topology,
            Preprocessing preprocessing,
            HybridSettings settings,
            List<String> classNames,
            Workers workers) {
        this.topology = topology;
        this.preprocessing = preprocessing;
        this.settings = settings;
        this.classNames = classNames;
        this.workers = workers;
        fit = new EngineFit(topology, preprocessing, settings.shrinkage(), classNames, settings.seed(), workers);
    }

    /**
     * Returns the chosen form.
     *
     * @throws Problem if nothing fits, with the least that would
     */
    EngineForm choose(Kernels kernels, LabelledPictures some, LabelledPictures heldOut) {
        int fewest = Integer.MAX_VALUE;
        for (int c = 0; c < classNames.size(); c++) fewest = Math.min(fewest, Codes.places(some.labels(), c).length);
        int most = Math.min(fewest, PER_CLASS[PER_CLASS.length - 1]);
        if (settings.form().k() > most * classNames.size()) throw tooManyVoters(most);
        List<EngineForm> fitting = fitting(settings.engineBytes().orElseThrow(), fewest);
        if (fitting.isEmpty()) throw tooSmall();
        EngineForm best = fitting.getFirst();
        int mostRight = -1;
        for (int kernelBits : BITS) {
            List<EngineForm> same = fitting.stream()
                    .filter(form -> form.kernelBits() == kernelBits)
                    .toList();
            if (same.isEmpty()) continue;
            // the longest codes hold all shorter ones: discriminants come in the order of what they are worth
            int longest = same.stream().mapToInt(EngineForm::dimensions).max().orElseThrow();
            EngineFit.RoundedKernels rounded = fit.round(kernels, kernelBits);
            HeadFit heads = fit.headFit(rounded);
            LinearHead exact = fit.discriminants(heads, some, subclasses(), longest, EngineFit.Copies.MOVED);
            for (int projectionBits : BITS) {
                if (same.stream().noneMatch(form -> form.projectionBits() == projectionBits)) continue;
                EngineFit.RoundedHead head = fit.round(exact, projectionBits);
                float[][] codes = EngineFit.codes(
                        heads, head.head(), some, same.getFirst().references());
                for (EngineForm form : same) {
                    if (form.projectionBits() != projectionBits) continue;
                    // few classes have few discriminants
                    int dimensions = Math.min(form.dimensions(), exact.outputs());
                    EngineFit.RoundedHead shorter = fit.round(exact.first(dimensions), projectionBits);
                    float[][] prefixes = Arrays.stream(codes)
                            .map(rows -> Codes.prefixes(rows, head.head().outputs(), dimensions))
                            .toArray(float[][]::new);
                    int right =
                            fit.engine(rounded, shorter, prefixes, some, form).right(heldOut, preprocessing, workers);
                    if (right > mostRight) {
                        mostRight = right;
                        best = form;
                    }
                }
            }
        }
        return best;
    }

    /** A class of n parts has at most n − 1 discriminants: enough parts for the longest codes. */
    private int subclasses() {
        return Math.min(MOST_SUBCLASSES, Math.ceilDiv(MOST_DIMENSIONS + 1, classNames.size()));
    }

    /** Returns forms that take at most so many bytes, the longest codes first. */
    private List<EngineForm> fitting(long bytes, int fewest) {
        List<EngineForm> forms = new ArrayList<>();
        for (int kernelBits : BITS) {
            for (int projectionBits : BITS) {
                for (int perClass : PER_CLASS) {
                    if (perClass > fewest
                            || perClass * classNames.size() < settings.form().k()) continue;
                    int dimensions = MOST_DIMENSIONS;
                    while (dimensions >= LEAST_DIMENSIONS
                            && bytes(form(kernelBits, projectionBits, perClass, dimensions)) > bytes) dimensions--;
                    if (dimensions >= LEAST_DIMENSIONS)
                        forms.add(form(kernelBits, projectionBits, perClass, dimensions));
                }
            }
        }
        return forms.stream()
                .sorted(Comparator.comparingInt(EngineForm::dimensions).reversed())
                .limit(FORMS_TRIED)
                .toList();
    }

    private EngineForm form(int kernelBits, int projectionBits, int perClass, int dimensions) {
        return new EngineForm(
                kernelBits,
                projectionBits,
                subclasses(),
                dimensions,
                new ReferenceChoice.PerClass(perClass),
                settings.form().k());
    }

    private long bytes(EngineForm form) {
        int first = topology.firstFilters();
        int second = topology.secondFilters();
        int perClass = ((ReferenceChoice.PerClass) form.references()).perClass();
        long references = (long) perClass * classNames.size();
        long kernels = (long) first * topology.firstFilterLength()
                + (long) second * topology.secondFilterLength() * form.kernelBits() / 8;
        long projection = (long) form.dimensions() * topology.features() * form.projectionBits() / 8;
        long codes = references * (form.dimensions() + 1);
        long floats = 4L * (2 * first + 2 * second + 3 * form.dimensions());
        long names = 0;
        for (String name : classNames) names += name.getBytes(StandardCharsets.UTF_8).length + 1;
        return kernels + projection + codes + floats + names + GRAPH_BYTES;
    }

    private Problem tooSmall() {
        int perClass = Arrays.stream(PER_CLASS)
                .filter(count -> count * classNames.size() >= settings.form().k())
                .min()
                .orElseThrow();
        long least = bytes(form(4, 4, perClass, LEAST_DIMENSIONS));
        return new Problem(
                "No engine for these pictures takes only "
                        + settings.engineBytes().orElseThrow() + " bytes; the smallest that is tried takes about "
                        + least + ".",
                "--engine-size, pictures " + topology.input() + ", " + classNames.size() + " classes",
                "allow at least --engine-size " + Math.ceilDiv(least, 1024) + "KB, or import smaller pictures");
    }

    private Problem tooManyVoters(int perClass) {
        int references = perClass * classNames.size();
        return new Problem(
                "k (=" + settings.form().k() + ") neighbours are to vote, but an engine of limited size has at most "
                        + references + " references here.",
                "--k " + settings.form().k() + " with --engine-size",
                "take --k " + references + " or less, or leave --engine-size out");
    }
}
