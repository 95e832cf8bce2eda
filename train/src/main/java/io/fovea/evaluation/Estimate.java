package io.fovea.evaluation;

import java.util.stream.DoubleStream;

/**
 * A mean over pictures with its 95 % interval.
 *
 * <p>Formula: with the mean m, the standard deviation s (n − 1 in the divisor) and z = 1.959964, the interval is m ± z·s/√n, as means
 * of many independent pictures are distributed normally; its lower end is not below 0, as errors are not. A single picture says
 * nothing about the spread: both ends are then the value.
 *
 * <p>Source: G. Casella and R. L. Berger 2002, "Statistical Inference", 2nd edition, theorem 5.5.14 (central limit theorem) with
 * theorem 5.5.17 (Slutsky) for the estimated deviation.
 *
 * @param value the mean
 * @param low   lower end of the interval
 * @param high  upper end of the interval
 * @param count n, how many pictures
 */
public record Estimate(double value, double low, double high, long count) {

    /** The 97.5 % point of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** Checks that the interval holds the value. */
    public Estimate {
        if (!(low <= value && value <= high)) {
            throw new IllegalArgumentException(value + " is outside of its interval [" + low + ", " + high + "]");
        }
        if (count < 1) throw new IllegalArgumentException("count must be at least 1: " + count);
    }

    /** Returns the mean of errors, at least one, none negative. */
    static Estimate mean(double[] errors) {
        double mean = DoubleStream.of(errors).sum() / errors.length;
        double squares = 0;
        for (double error : errors) squares += (error - mean) * (error - mean);
        double half = errors.length == 1 ? 0 : Z * Math.sqrt(squares / (errors.length - 1) / errors.length);
        return new Estimate(mean, Math.max(0, mean - half), mean + half, errors.length);
    }

    /** Returns √ of the mean of squared errors; the ends of the interval are the square roots of that mean's. */
    static Estimate rootMeanSquare(double[] errors) {
        Estimate squared =
                mean(DoubleStream.of(errors).map(error -> error * error).toArray());
        return new Estimate(Math.sqrt(squared.value), Math.sqrt(squared.low), Math.sqrt(squared.high), squared.count);
    }
}
