package io.fovea.bundle;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a classifier answered for the pictures that it was judged on: what later answers are compared with.
 *
 * @param on          which pictures, for example {@code test}
 * @param bounds      rising, within 0 and 1: between them lie the B bins of confidences, the probability of the most probable class; a bin holds
 *                    its lower bound and not its upper one
 * @param confidences [B] how many pictures were answered with such a confidence, B one more than there are bounds
 * @param classes     [K] for how many pictures each class was the most probable one, in label order
 */
public record AnswerDistribution(String on, List<Double> bounds, List<Long> confidences, List<Long> classes) {

    /** The bounds that this code writes: close together where most confidences of a good model lie. */
    public static final List<Double> BOUNDS = List.of(0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999);

    /** By so much a confidence may lie below a bound and still count as at it. */
    private static final double ROUNDING = 1e-6;

    /** Of a model whose answers nobody counted. */
    public static final AnswerDistribution NONE = new AnswerDistribution("", List.of(), List.of(), List.of());

    /** Copies, and checks that the counts fit. */
    public AnswerDistribution {
        Objects.requireNonNull(on, "on");
        bounds = List.copyOf(bounds);
        confidences = List.copyOf(confidences);
        classes = List.copyOf(classes);
        boolean isNone = confidences.isEmpty() && classes.isEmpty() && bounds.isEmpty();
        if (!isNone && confidences.size() != bounds.size() + 1)
            throw new IllegalArgumentException(
                    bounds.size() + " bounds part " + (bounds.size() + 1) + " bins, found " + confidences.size());
        for (int i = 0; i < bounds.size(); i++) {
            boolean rises = i == 0 ? bounds.get(0) > 0 : bounds.get(i) > bounds.get(i - 1);
            if (!rises || !(bounds.get(i) < 1))
                throw new IllegalArgumentException("bounds must rise within 0 and 1: " + bounds);
        }
        if (Stream.concat(confidences.stream(), classes.stream()).anyMatch(count -> count < 0))
            throw new IllegalArgumentException("counts must not be negative");
        if (sum(confidences) != sum(classes))
            throw new IllegalArgumentException(
                    "confidences are of " + sum(confidences) + " pictures, classes of " + sum(classes));
    }

    /** Counts answers, one after the other. For one thread. */
    public static final class Counter {

        private final long[] confidences = new long[BOUNDS.size() + 1];
        private final long[] classes;

        /** Begins without answers, of K classes. */
        public Counter(int classes) {
            this.classes = new long[classes];
        }

        /** Counts an answer. */
        public void add(int label, double confidence) {
            confidences[bin(BOUNDS, confidence)]++;
            classes[label]++;
        }

        /** Returns what was counted. */
        public AnswerDistribution on(String pictures) {
            return new AnswerDistribution(pictures, BOUNDS, list(confidences), list(classes));
        }

        private static List<Long> list(long[] counts) {
            return java.util.Arrays.stream(counts).boxed().collect(Collectors.toList());
        }
    }

    /** Returns the bin of a confidence; shares of votes lie on bounds, and may be rounded to just below them. */
    public static int bin(List<Double> bounds, double confidence) {
        int found = Collections.binarySearch(bounds, confidence + ROUNDING);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Returns how many pictures were answered. */
    public long pictures() {
        return sum(confidences);
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
