package io.fovea.weights;

import java.util.Arrays;
import java.util.Objects;

/**
 * A parameter or buffer with its values, outside any engine.
 *
 * @param name   for example {@code conv1.weight}
 * @param shape  the axes; empty for a single number
 * @param values in row-major order
 */
public record NamedTensor(String name, int[] shape, float[] values) {

    /** Checks that shape and number of values agree. The arrays are shared, not copied. */
    public NamedTensor {
        Objects.requireNonNull(name, "name");
        int count = 1;
        for (int size : shape) count = Math.multiplyExact(count, size);
        if (count != values.length) {
            throw new IllegalArgumentException("\"" + name + "\" of shape " + Arrays.toString(shape) + " needs " + count
                    + " values, found " + values.length);
        }
    }
}
