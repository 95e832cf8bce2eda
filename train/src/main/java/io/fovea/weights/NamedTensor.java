package io.fovea.weights;

import java.util.Arrays;
import java.util.Objects;

/**
 * A parameter or buffer with its values, outside any engine.
 *
 * <p>Files may hold other number types; each number becomes the nearest float, of two equally near the one with an even last
 * bit. So half precision, bfloat16 and integers up to 2²⁴ are exact, doubles and larger integers are rounded, doubles above the
 * largest float become infinite, and truth values become 0 and 1.
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
