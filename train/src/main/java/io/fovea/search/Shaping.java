package io.fovea.search;

import java.util.Arrays;

/** What becomes of the fitness values before they weigh the directions they were found in. */
public enum Shaping {
    /** They stay as they are: for a smooth fitness. What is not finite becomes the worst that is. */
    NONE,
    /** Mean 0 and variance 1: as smooth, but independent of the fitness' scale. */
    STANDARDISED,
    /**
     * Evenly spaced from −½ (best) to ½ (worst), equal values sharing their mean: for a fitness with jumps or outliers. Source: Salimans
     * et al. 2017, arXiv:1703.03864, section 2.1.
     */
    RANKS;

    /** Returns the shaped values [λ] of a fitness [λ], finite or +∞. */
    double[] shape(double[] fitness) {
        return switch (this) {
            case NONE -> finite(fitness);
            case STANDARDISED -> standardised(finite(fitness));
            case RANKS -> ranks(fitness);
        };
    }

    private static double[] finite(double[] fitness) {
        double worst = Arrays.stream(fitness).filter(Double::isFinite).max().orElse(0);
        return Arrays.stream(fitness).map(value -> Math.min(value, worst)).toArray();
    }

    private static double[] standardised(double[] fitness) {
        double mean = Arrays.stream(fitness).average().orElse(0);
        double variance = Arrays.stream(fitness)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        double deviation = variance > 0 ? Math.sqrt(variance) : 1;
        return Arrays.stream(fitness).map(value -> (value - mean) / deviation).toArray();
    }

    private static double[] ranks(double[] fitness) {
        int[] order = Ranking.order(fitness);
        double[] shaped = new double[fitness.length];
        for (int first = 0; first < order.length; ) {
            int end = first + 1;
            while (end < order.length && fitness[order[end]] == fitness[order[first]]) end++;
            double rank = (first + end - 1) / 2.0;
            for (int i = first; i < end; i++) shaped[order[i]] = rank / (order.length - 1) - 0.5;
            first = end;
        }
        return shaped;
    }
}
