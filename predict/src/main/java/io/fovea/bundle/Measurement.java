package io.fovea.bundle;

import java.util.Objects;

/**
 * A number that was measured on the model before it was written.
 *
 * @param name   what was measured, for example {@code accuracy} or {@code top-5 accuracy}
 * @param on     the examples it was measured on, for example {@code test}
 * @param value  the number
 * @param low    lower end of the 95 % interval; {@code value} where none is known
 * @param high   upper end of the 95 % interval; {@code value} where none is known
 * @param count  how many examples
 */
public record Measurement(String name, String on, double value, double low, double high, long count) {

    /** Checks that the interval holds the value. */
    public Measurement {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(on, "on");
        if (!(low <= value && value <= high)) {
            throw new IllegalArgumentException(
                    name + " " + value + " is outside of its interval [" + low + ", " + high + "]");
        }
        if (count < 0) throw new IllegalArgumentException("count must not be negative: " + count);
    }
}
