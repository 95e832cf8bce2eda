package io.fovea.hybrid;

import io.fovea.candidate.Topology;
import io.fovea.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How many bytes the network of an engine takes, and which forms fit into the size that is allowed: for each combination of bits and prototypes the longest
 * codes that still fit.
 */
final class EngineSizes {

    /** Bits that weights may have. */
    static final int[] BITS = {8, 4};

    /** What the graph takes beside its numbers and the names of the classes: operators, shapes, names of layers; with room to spare. */
    private static final int GRAPH_BYTES = 3_000;

    /** What tells unfamiliar pictures takes for each number that it looks at, and besides; with room to spare. */
    private static final int FAMILIARITY_BYTES_PER_NUMBER = 8;

    private static final int FAMILIARITY_BYTES = 1_000;

    /** Its statistics of grey pictures, and of coloured ones. */
    private static final int GREY_STATISTICS_BYTES = 900;

    private static final int COLOUR_STATISTICS_BYTES = 3_000;

    private static final int[] PER_CLASS = {1, 3, 5, 10, 20};
    private static final int MOST_DIMENSIONS = 48;
    private static final int LEAST_DIMENSIONS = 4;
    private static final int FORMS_TRIED = 10;
    private static final int MOST_SUBCLASSES = 8;
    /** Labels of so many classes take a byte each, of more four. */
    private static final int CLASSES_IN_A_BYTE = 256;

    private final Topology topology;
    private final HybridSettings settings;
    private final List<String> classNames;

    /** Prepares for settings that limit the size. */
    EngineSizes(Topology topology, HybridSettings settings, List<String> classNames) {
        this.topology = topology;
        this.settings = settings;
        this.classNames = classNames;
    }

    /** A class of n parts has at most n − 1 discriminants: enough parts for the longest codes. */
    int subclasses() {
        return Math.min(MOST_SUBCLASSES, Math.ceilDiv(MOST_DIMENSIONS + 1, classNames.size()));
    }

    /**
     * Returns the forms that fit, the longest codes first; at least one.
     *
     * @param fewest pictures of a class
     * @throws Problem if more neighbours are to vote than there can be references, or nothing fits, with the least that would
     */
    List<EngineForm> fitting(int fewest) {
        int[] possible =
                Arrays.stream(PER_CLASS).filter(count -> count <= fewest).toArray();
        int[] enough = Arrays.stream(possible)
                .filter(count -> count * classNames.size() >= settings.form().k())
                .toArray();
        if (enough.length == 0) throw tooManyVoters(possible[possible.length - 1]);
        long bytes = settings.engineBytes().orElseThrow();
        List<EngineForm> forms = new ArrayList<>();
        for (int kernelBits : BITS) {
            for (int projectionBits : BITS) {
                for (int perClass : enough) {
                    int dimensions = MOST_DIMENSIONS;
                    while (dimensions >= LEAST_DIMENSIONS
                            && bytes(form(kernelBits, projectionBits, perClass, dimensions)) > bytes) dimensions--;
                    if (dimensions >= LEAST_DIMENSIONS)
                        forms.add(form(kernelBits, projectionBits, perClass, dimensions));
                }
            }
        }
        if (forms.isEmpty()) throw tooSmall(enough[0]);
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
        long codes = references * (form.dimensions() + (classNames.size() > CLASSES_IN_A_BYTE ? 4 : 1));
        long floats = 4L * (2 * first + 2 * second + 3 * form.dimensions() + form.k());
        long names = 0;
        for (String name : classNames) names += name.getBytes(StandardCharsets.UTF_8).length + 1;
        int statistics = topology.input().size(0) == 1 ? GREY_STATISTICS_BYTES : COLOUR_STATISTICS_BYTES;
        long familiarity = (long) FAMILIARITY_BYTES_PER_NUMBER * form.dimensions() + FAMILIARITY_BYTES + statistics;
        return kernels + projection + codes + floats + names + familiarity + GRAPH_BYTES;
    }

    private Problem tooSmall(int perClass) {
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
