package io.fovea.quantize;

/**
 * How often values occur, in {@value #BINS} bins of one width that grow with the values: one pass over any number of values serves every
 * rule for a range.
 *
 * <p>Where values lie beyond the bins, neighbouring bins are joined in pairs and the width doubles, as often as needed; nothing is read twice.
 * Mutable; for one thread.
 */
final class Histogram {

    static final int BINS = 2048;

    private final long[] counts = new long[BINS];
    private double low;
    private double width;
    private float smallest = Float.POSITIVE_INFINITY;
    private float largest = Float.NEGATIVE_INFINITY;
    private long total;

    /**
     * Counts values.
     *
     * @throws IllegalArgumentException if one is not finite
     */
    void add(float[] values) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            if (!Float.isFinite(value)) throw new IllegalArgumentException("A value is not finite: " + value);
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        if (values.length == 0) return;
        reach(least, most);
        double inverse = 1 / width;
        for (float value : values) counts[Math.min(BINS - 1, (int) ((value - low) * inverse))]++;
        total += values.length;
        smallest = Math.min(smallest, least);
        largest = Math.max(largest, most);
    }

    private void reach(float least, float most) {
        if (total == 0) {
            low = least;
            // values that are all alike have some width too
            width = Math.max((double) most - least, Math.max(1e-30, 1e-6 * Math.abs(most))) / BINS;
            return;
        }
        while (most > low + width * BINS) {
            for (int i = 0; i < BINS; i++) counts[i] = i < BINS / 2 ? counts[2 * i] + counts[2 * i + 1] : 0;
            width *= 2;
        }
        while (least < low) {
            for (int i = BINS - 1; i >= 0; i--)
                counts[i] = i < BINS / 2 ? 0 : counts[2 * i - BINS] + counts[2 * i + 1 - BINS];
            low -= width * BINS;
            width *= 2;
        }
    }

    /** Returns how many values a bin holds. */
    long count(int bin) {
        return counts[bin];
    }

    /** Returns the middle of a bin. */
    double middle(int bin) {
        return low + (bin + 0.5) * width;
    }

    /** Returns the width of a bin. */
    double width() {
        return width;
    }

    /** Returns how many values were counted. */
    long total() {
        return total;
    }

    /** Returns the smallest and the largest value, as far as zero at least: zero must have a whole number of its own. */
    Range range() {
        return total == 0 ? new Range(0, 0) : new Range(Math.min(0, smallest), Math.max(0, largest));
    }
}
