package io.fovea.shrink;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What can be chosen of a ladder.
 *
 * @param methods that make models smaller
 * @param keeps   of pruning: the shares of channels that stay, each above 0 and below 1, the largest first
 * @param epochs  that a changed network learns on for
 * @param seed    of every random choice
 */
public record LadderSettings(Set<Method> methods, List<Double> keeps, int epochs, long seed) {

    /** Epochs where nobody chose. */
    public static final int USUAL_EPOCHS = 5;

    /** Shares of channels where nobody chose: about a quarter and a sixteenth of the multiplications. */
    public static final List<Double> USUAL_KEEPS = List.of(0.5, 0.25);

    /** What makes a model smaller. */
    public enum Method {
        /** Whole numbers, of every model that there is. */
        INT8,
        /** Global pooling in the place of dense layers. */
        POOLED,
        /** Channels that go. */
        PRUNED,
        /** Kernels from patches, and nearest neighbours. */
        HYBRID;

        /** Returns the word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks and copies. */
    public LadderSettings {
        methods = Set.copyOf(methods);
        keeps = keeps.stream().distinct().sorted((a, b) -> Double.compare(b, a)).toList();
        if (methods.isEmpty()) throw new IllegalArgumentException("rungs must name a method at least");
        for (double keep : keeps)
            if (!(keep > 0 && keep < 1))
                throw new IllegalArgumentException("keep must be above 0 and below 1, not " + keep);
        if (methods.contains(Method.PRUNED) && keeps.isEmpty())
            throw new IllegalArgumentException("keep must hold a share at least");
        if (epochs < 1) throw new IllegalArgumentException("epochs must be at least 1, not " + epochs);
    }
}
