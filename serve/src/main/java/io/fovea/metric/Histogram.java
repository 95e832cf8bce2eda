package io.fovea.metric;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How often values lay below each of some bounds. Threads share it. */
public final class Histogram {

    private final double[] bounds;
    private final LongAdder[] counts; // the last counts what lies above all bounds
    private final DoubleAdder sum = new DoubleAdder();

    private Histogram(double... bounds) {
        this.bounds = bounds;
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) counts[i] = new LongAdder();
    }

    /** Returns one of seconds: 100 microseconds to 10 seconds. */
    public static Histogram ofSeconds() {
        return new Histogram(
                0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);
    }

    /** Returns one of counts: 1 to 1,024 in powers of two. */
    public static Histogram ofCounts() {
        return new Histogram(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024);
    }

    /** Returns one of shares and differences of shares: 0.0001 to 1. */
    public static Histogram ofShares() {
        return new Histogram(0, 0.0001, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1);
    }

    /** Returns the mean of all values; NaN before the first. */
    public double mean() {
        long[] below = cumulative();
        return sum() / below[below.length - 1];
    }

    /** Counts a value. */
    public void add(double value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) bucket++;
        counts[bucket].increment();
        sum.add(value);
    }

    double[] bounds() {
        return bounds.clone();
    }

    /** Returns for each bound, and at last for infinity, how many values lie at or below it. */
    long[] cumulative() {
        long[] below = new long[counts.length];
        long total = 0;
        for (int i = 0; i < counts.length; i++) below[i] = total += counts[i].sum();
        return below;
    }

    double sum() {
        return sum.sum();
    }
}
