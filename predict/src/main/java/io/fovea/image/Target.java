package io.fovea.image;

import java.util.Objects;

/**
 * One number that a network regresses from a picture.
 *
 * <p>Formula: value = shift + scale · output, where {@code output} is what the network gives. Places are in pixels of the prepared picture,
 * with shift and scale half its side, so that the picture spans [-1, 1]; plain values have the mean and deviation of the training pictures.
 *
 * @param name  for people and columns, for example {@code nose_x}
 * @param axis  the picture's side that it is measured along, or none
 * @param shift the value of output 0
 * @param scale the change of the value for a change of the output by 1, above 0
 */
public record Target(String name, Axis axis, double shift, double scale) {

    /** Checks. */
    public Target {
        Objects.requireNonNull(axis, "axis");
        if (Objects.requireNonNull(name, "name").isBlank()) throw new IllegalArgumentException("A target needs a name");
        if (!Double.isFinite(shift)) throw new IllegalArgumentException("shift must be a finite number: " + shift);
        if (!(scale > 0) || Double.isInfinite(scale))
            throw new IllegalArgumentException("scale must be above 0: " + scale);
    }

    /** A place along a side of {@code size} pixels. */
    public static Target place(String name, Axis axis, int size) {
        return new Target(name, axis, size / 2.0, size / 2.0);
    }

    /** Returns the value that an output stands for. */
    public double value(double output) {
        return shift + scale * output;
    }

    /** Returns the output that stands for a value. */
    public double output(double value) {
        return (value - shift) / scale;
    }
}
