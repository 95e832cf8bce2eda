package io.fovea.transfer;

import java.util.Objects;

/**
 * What a backbone says of pictures: N rows of D numbers.
 *
 * @param count N
 * @param size  D
 * @param values [N, D]; handed over and no longer written to
 */
public record Features(int count, int size, float[] values) {

    /** Checks that the sizes agree. */
    public Features {
        Objects.requireNonNull(values, "values");
        if (size < 1 || (long) count * size != values.length) {
            throw new IllegalArgumentException(
                    "[" + count + ", " + size + "] needs " + (long) count * size + " values, found " + values.length);
        }
    }
}
