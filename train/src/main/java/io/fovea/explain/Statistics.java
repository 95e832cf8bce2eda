package io.fovea.explain;

import java.util.ArrayList;
import java.util.List;

/**
 * What a layer's values, or its weights, are like.
 *
 * <p>Values that are no finite numbers are counted and left out of all else. Of none at all every figure is 0.
 *
 * @param count             how many finite values there are
 * @param nonFinite         how many others: infinite, or no numbers
 * @param mean              Σ x / n
 * @param standardDeviation √(Σ (x − mean)² / n)
 * @param minimum           the smallest
 * @param maximum           the largest
 * @param zeroShare         of the finite values those that are exactly 0, 0 … 1
 * @param histogram         from the smallest to the largest value; where all are equal, from half below to half above
 */
public record Statistics(
        long count,
        long nonFinite,
        double mean,
        double standardDeviation,
        double minimum,
        double maximum,
        double zeroShare,
        Histogram histogram) {

    /** Returns those of some values, in two passes over them. */
    public static Statistics of(float[] values) {
        long count = 0;
        long zeros = 0;
        double sum = 0;
        float minimum = Float.POSITIVE_INFINITY;
        float maximum = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            if (!Float.isFinite(value)) continue;
            count++;
            sum += value;
            if (value == 0) zeros++;
            minimum = Math.min(minimum, value);
            maximum = Math.max(maximum, value);
        }
        if (count == 0) return spread(values, 0, 0, 0, 0, 0);
        return spread(values, count, sum / count, minimum, maximum, (double) zeros / count);
    }

    private static Statistics spread(
            float[] values, long count, double mean, double minimum, double maximum, double zeroShare) {
        double low = minimum < maximum ? minimum : minimum - 0.5;
        double high = minimum < maximum ? maximum : maximum + 0.5;
        double perBin = (high - low) / Histogram.BINS;
        long[] counts = new long[Histogram.BINS];
        double squares = 0;
        for (float value : values) {
            if (!Float.isFinite(value)) continue;
            squares += (value - mean) * (value - mean);
            counts[Math.min((int) ((value - low) / perBin), Histogram.BINS - 1)]++;
        }
        List<Double> edges = new ArrayList<>();
        List<Long> bins = new ArrayList<>();
        for (int bin = 0; bin < Histogram.BINS; bin++) {
            edges.add(low + bin * perBin);
            bins.add(counts[bin]);
        }
        edges.add(high);
        double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
        return new Statistics(
                count, values.length - count, mean, deviation, minimum, maximum, zeroShare, new Histogram(edges, bins));
    }
}
