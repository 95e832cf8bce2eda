package io.fovea.benchmark;

import java.util.Collection;

/** The value in the middle, which one slow round does not move. */
final class Median {

    private Median() {}

    /**
     * Returns the median; of an even number the mean of the two in the middle.
     *
     * @throws IllegalArgumentException if there are no values
     */
    static double of(Collection<? extends Number> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("A median needs at least one value");
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
