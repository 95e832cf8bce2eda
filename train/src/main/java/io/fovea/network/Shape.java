package io.fovea.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of one picture's values between two layers, without N: [C, H, W] or [D].
 *
 * @param sizes the axes, each at least 1
 */
public record Shape(int... sizes) {

    /** Checks and copies. */
    public Shape {
        sizes = sizes.clone();
        if (sizes.length == 0) throw new IllegalArgumentException("A shape needs at least one axis");
        for (int size : sizes)
            if (size < 1) throw new IllegalArgumentException("Axes must be at least 1: " + Arrays.toString(sizes));
    }

    /** Reads the shape of pictures as people write it, {@code 1x28x28}: channels, height, width; empty if it is written otherwise. */
    public static Optional<Shape> parse(String text) {
        if (!text.matches("[1-9][0-9]{0,3}x[1-9][0-9]{0,4}x[1-9][0-9]{0,4}")) return Optional.empty();
        return Optional.of(new Shape(
                Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray()));
    }

    @Override
    public int[] sizes() {
        return sizes.clone();
    }

    /** Returns the number of axes: 3 for maps, 1 for features. */
    public int rank() {
        return sizes.length;
    }

    /** Returns the size of one axis. */
    public int size(int axis) {
        return sizes[axis];
    }

    /** Returns the number of values. */
    public long count() {
        long count = 1;
        for (int size : sizes) count *= size;
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** Returns the shape as a batch has it, for example {@code [N, 20, 24, 24]}. */
    @Override
    public String toString() {
        return IntStream.of(sizes).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[N, ", "]"));
    }
}
