package io.fovea.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * What the values of one target are like over the pictures of a split; all NaN if it has none.
 *
 * @param mean     their mean
 * @param std      their standard deviation, √(Σ(value − mean)² / N)
 * @param smallest the smallest
 * @param largest  the largest
 */
public record TargetStatistics(double mean, double std, double smallest, double largest) {

    /** Returns one for each column of {@code values} [N, T]. */
    static List<TargetStatistics> of(float[] values, int targets) {
        List<TargetStatistics> statistics = new ArrayList<>(targets);
        for (int target = 0; target < targets; target++) statistics.add(of(values, target, targets));
        return statistics;
    }

    private static TargetStatistics of(float[] values, int first, int step) {
        int count = values.length / step;
        if (count == 0) return new TargetStatistics(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        double sum = 0;
        double smallest = values[first];
        double largest = values[first];
        for (int i = first; i < values.length; i += step) {
            sum += values[i];
            smallest = Math.min(smallest, values[i]);
            largest = Math.max(largest, values[i]);
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = first; i < values.length; i += step) squares += (values[i] - mean) * (values[i] - mean);
        return new TargetStatistics(mean, Math.sqrt(squares / count), smallest, largest);
    }
}
