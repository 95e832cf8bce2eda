package io.fovea.timing;

import java.util.Arrays;

/**
 * Durations of one kind of work, each of them kept: percentiles are exact, without classes of a histogram. For one thread at a time.
 *
 * <p>Cost: 8 bytes each.
 */
public final class Durations {

    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[256];
    private int count;
    private double total;
    private boolean sorted = true;

    /** Adds one. */
    public void add(long nanoseconds) {
        if (count == nanos.length) nanos = Arrays.copyOf(nanos, 2 * count);
        nanos[count++] = nanoseconds;
        total += nanoseconds;
        sorted = false;
    }

    /** Adds all that another holds. */
    public void addAll(Durations other) {
        for (int i = 0; i < other.count; i++) add(other.nanos[i]);
    }

    /** Returns how many there are. */
    public int count() {
        return count;
    }

    /** Returns the sum of all, in seconds. */
    public double seconds() {
        return total / 1e9;
    }

    /**
     * Returns the mean.
     *
     * @throws IllegalStateException if there is none
     */
    public double meanMillis() {
        checkSome();
        return total / count / NANOS_PER_MILLI;
    }

    /** Returns the median, likewise. */
    public double medianMillis() {
        return millis(0.5);
    }

    /**
     * Returns a percentile: of the durations in their order, d[0] … d[n − 1], the one at share · (n − 1); between two the straight line counts.
     *
     * <p>Source: Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566, definition 7; the usual one of NumPy.
     *
     * @param share 0 for the shortest, 1 for the longest
     * @throws IllegalArgumentException if the share is none
     * @throws IllegalStateException if there is no duration
     */
    public double millis(double share) {
        if (!(share >= 0 && share <= 1)) throw new IllegalArgumentException("share must be 0 to 1: " + share);
        checkSome();
        if (!sorted) Arrays.sort(nanos, 0, count);
        sorted = true;
        double place = share * (count - 1);
        int below = (int) place;
        double low = nanos[below];
        double high = nanos[Math.min(below + 1, count - 1)];
        return (low + (place - below) * (high - low)) / NANOS_PER_MILLI;
    }

    /** Returns what they say together; empty of none. */
    public Latency latency() {
        return Latency.of(this);
    }

    private void checkSome() {
        if (count == 0) throw new IllegalStateException("Nothing was measured");
    }
}
