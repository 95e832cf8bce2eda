package io.fovea.export;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Vectors [N, D] of N pictures, row after row. The array is shared, not copied.
 *
 * @param values [N, D]
 * @param width  D
 */
record FeatureVectors(float[] values, int width) {

    /** Checks that the rows are whole. */
    FeatureVectors {
        if (width < 1 || values.length % width != 0) {
            throw new IllegalArgumentException(values.length + " numbers are no rows of " + width);
        }
    }

    /** Returns N. */
    int count() {
        return values.length / width;
    }

    /** Returns the rows at the positions that are wanted, in their order. */
    FeatureVectors where(IntPredicate wanted) {
        return at(IntStream.range(0, count()).filter(wanted).toArray());
    }

    /** Returns the rows at these positions. */
    FeatureVectors at(int[] positions) {
        float[] chosen = new float[positions.length * width];
        for (int i = 0; i < positions.length; i++)
            System.arraycopy(values, positions[i] * width, chosen, i * width, width);
        return new FeatureVectors(chosen, width);
    }
}
