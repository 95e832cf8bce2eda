package io.fovea.search;

import java.util.Arrays;

/** Functions that optimisers are compared on; all have their minimum 0. */
enum Landscape {
    /** Σ xᵢ². */
    SPHERE,
    /** Σ 10^(6·i/(n − 1))·xᵢ², i from 0: a million times as steep along the last axis as along the first. */
    ELLIPSOID,
    /** Σ 100·(xᵢ² − xᵢ₊₁)² + (1 − xᵢ)²: a bent valley, minimum where all are 1. */
    ROSENBROCK;

    double at(double[] x) {
        double sum = 0;
        int n = x.length;
        switch (this) {
            case SPHERE -> {
                for (double value : x) sum += value * value;
            }
            case ELLIPSOID -> {
                double steepness = 1;
                double ratio = Math.pow(1e6, 1 / (n - 1.0));
                for (double value : x) {
                    sum += steepness * value * value;
                    steepness *= ratio;
                }
            }
            case ROSENBROCK -> {
                for (int i = 0; i + 1 < n; i++)
                    sum += 100 * Math.pow(x[i] * x[i] - x[i + 1], 2) + Math.pow(1 - x[i], 2);
            }
        }
        return sum;
    }

    double[] at(double[][] candidates) {
        return Arrays.stream(candidates).mapToDouble(this::at).toArray();
    }

    /** Runs the search until it gives a reason to stop or has told that many candidates, and returns it. */
    Search descend(Search search, long mostEvaluations) {
        while (search.stopReason().isEmpty() && search.evaluations() < mostEvaluations) search.tell(at(search.ask()));
        return search;
    }

    /** Returns the middle of the evaluations that seeds 1 to {@code seeds} need to come down to 10⁻⁸. */
    long evaluations(String name, int n, double start, double stepSize, int seeds, long mostEvaluations) {
        long[] counts = new long[seeds];
        for (int seed = 1; seed <= seeds; seed++) {
            Search search = Searches.begin(name, from(n, start, stepSize, seed).withTarget(1e-8));
            boolean reached = descend(search, mostEvaluations)
                    .stopReason()
                    .filter(StopReason.TARGET_REACHED::equals)
                    .isPresent();
            counts[seed - 1] = reached ? search.evaluations() : Long.MAX_VALUE;
        }
        Arrays.sort(counts);
        return counts[seeds / 2];
    }

    /** Returns settings that begin with the same value in every coordinate. */
    static SearchSettings from(int n, double start, double stepSize, long seed) {
        double[] point = new double[n];
        Arrays.fill(point, start);
        return SearchSettings.of(point, stepSize, seed);
    }
}
