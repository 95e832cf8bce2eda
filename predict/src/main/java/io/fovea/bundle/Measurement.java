package io.fovea.bundle;

import io.fovea.task.Measure;
import java.util.Objects;

/**
 * What was measured on the model before it was written.
 *
 * @param measure name, value and interval, their unit, and which of two values is better; never NaN
 * @param on      the examples it was measured on, for example {@code test}
 * @param count   how many examples
 */
public record Measurement(Measure measure, String on, long count) {

    /** Checks that there is a value. */
    public Measurement {
        Objects.requireNonNull(measure, "measure");
        Objects.requireNonNull(on, "on");
        if (Double.isNaN(measure.value())) throw new IllegalArgumentException(measure.name() + " has no value");
        if (count < 0) throw new IllegalArgumentException("count must not be negative: " + count);
    }

    /** Returns the lower end of the interval; the value where none is known. */
    public double low() {
        return measure.interval().map(Measure.Interval::low).orElse(measure.value());
    }

    /** Returns the upper end of the interval; the value where none is known. */
    public double high() {
        return measure.interval().map(Measure.Interval::high).orElse(measure.value());
    }

    /** Returns the same, measured on examples that are named otherwise. */
    public Measurement on(String others) {
        return new Measurement(measure, others, count);
    }
}
