package io.fovea.tensorboard;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How many numbers lie where: buckets of equal width from the smallest to the largest.
 *
 * <p>Bucket i holds the numbers above {@code limits[i - 1]} up to and with {@code limits[i]}; the first begins with {@code min}.
 *
 * @param min          the smallest number
 * @param max          the largest; not below {@code min}
 * @param count        how many numbers
 * @param sum          of the numbers
 * @param sumOfSquares of the numbers
 * @param limits       upper ends of the buckets, rising
 * @param counts       of the buckets, as many as limits
 */
public record Histogram(
        double min, double max, long count, double sum, double sumOfSquares, List<Double> limits, List<Long> counts) {

    /** Of no numbers at all; TensorBoard has nothing to draw, so an event file leaves it out. */
    public static final Histogram EMPTY = new Histogram(0, 0, 0, 0, 0, List.of(), List.of());

    /** About twice what the page draws, so that its percentiles are finer than its bars. */
    private static final int BUCKETS = 64;

    /** Checks that limits and counts belong together. */
    public Histogram {
        limits = List.copyOf(limits);
        counts = List.copyOf(counts);
        if (limits.size() != counts.size()) {
            throw new IllegalArgumentException(
                    "Expected as many counts as limits, " + limits.size() + ", found " + counts.size());
        }
    }

    /** Counts all of {@code values}; NaN and infinite ones are left out. */
    public static Histogram of(float... values) {
        return of(values, 0, values.length);
    }

    /** Counts {@code values} from one index up to, not including, another; NaN and infinite ones are left out. */
    public static Histogram of(float[] values, int from, int to) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (int i = from; i < to; i++) {
            double value = values[i];
            if (!Double.isFinite(value)) continue;
            min = Math.min(min, value);
            max = Math.max(max, value);
            sum += value;
            squares += value * value;
            count++;
        }
        if (count == 0) return EMPTY;
        if (min == max) return new Histogram(min, max, count, sum, squares, List.of(max), List.of(count));
        long[] counts = new long[BUCKETS];
        double width = (max - min) / BUCKETS;
        for (int i = from; i < to; i++) {
            if (Float.isFinite(values[i])) counts[bucket(values[i], min, width)]++;
        }
        double start = min;
        double end = max;
        return new Histogram(
                min,
                max,
                count,
                sum,
                squares,
                DoubleStream.iterate(1, n -> n <= BUCKETS, n -> n + 1)
                        .map(n -> n == BUCKETS ? end : start + n * width)
                        .boxed()
                        .toList(),
                java.util.Arrays.stream(counts).boxed().toList());
    }

    /** A number on a limit belongs to the bucket below it. */
    private static int bucket(double value, double min, double width) {
        int bucket = (int) Math.ceil((value - min) / width) - 1;
        return Math.clamp(bucket, 0, BUCKETS - 1);
    }
}
