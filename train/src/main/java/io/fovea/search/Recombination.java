package io.fovea.search;

/**
 * How much each rank counts when a generation becomes one mean.
 *
 * <p>w'ᵢ = ln((λ + 1)/2) − ln i for rank i from 1. The first μ = ⌊λ/2⌋ are positive and are scaled to the sum 1; μ_eff = 1/Σwᵢ² over them.
 *
 * <p>Source: Hansen 2016, arXiv:1604.00772, equations 49 to 53 and 8.
 *
 * @param weights of all ranks [λ]; those after the first μ are 0 or below
 * @param parents μ
 * @param mass    μ_eff, the variance effective selection mass
 */
record Recombination(double[] weights, int parents, double mass) {

    /** Returns weights that are 0 after the better half. */
    static Recombination positive(int population) {
        double[] raw = raw(population);
        int parents = population / 2;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < parents; i++) {
            sum += raw[i];
            squares += raw[i] * raw[i];
        }
        double[] weights = new double[population];
        for (int i = 0; i < parents; i++) weights[i] = raw[i] / sum;
        return new Recombination(weights, parents, sum * sum / squares);
    }

    /**
     * Returns weights that are negative after the better half, scaled so that a covariance of rates {@code c1} and {@code cMu} neither drifts
     * nor loses its positive eigenvalues.
     */
    Recombination active(int dimensions, double c1, double cMu) {
        double[] raw = raw(weights.length);
        double sum = 0;
        double squares = 0;
        for (int i = parents; i < raw.length; i++) {
            double negative = Math.min(0, raw[i]);
            sum -= negative;
            squares += negative * negative;
        }
        double negativeMass = sum * sum / squares;
        double scale = Math.min(
                1 + c1 / cMu, Math.min(1 + 2 * negativeMass / (mass + 2), (1 - c1 - cMu) / (dimensions * cMu)));
        double[] all = weights.clone();
        for (int i = parents; i < raw.length; i++) all[i] = Math.min(0, raw[i]) * scale / sum;
        return new Recombination(all, parents, mass);
    }

    /** Returns the weighted mean [n] of the better half of {@code vectors} [λ, n], given their order from best to worst. */
    double[] mean(int[] order, double[][] vectors) {
        double[] mean = new double[vectors[0].length];
        for (int rank = 0; rank < parents; rank++) Rows.add(mean, weights[rank], vectors[order[rank]], mean.length);
        return mean;
    }

    private static double[] raw(int population) {
        double[] raw = new double[population];
        for (int i = 0; i < population; i++) raw[i] = Math.log((population + 1) / 2.0) - Math.log(i + 1);
        return raw;
    }
}
