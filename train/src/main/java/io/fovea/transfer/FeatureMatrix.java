package io.fovea.transfer;

/**
 * Standardised features in both orders: by picture for gradients, by feature for outputs, so that every inner loop runs over neighbours in
 * memory and adds, which the compiler turns into vectors.
 *
 * @param rows    [N][D]
 * @param columns [D][N]
 */
record FeatureMatrix(float[][] rows, float[][] columns) {

    /** Mean and deviation of each feature over the training pictures; features that never change have deviation 1. */
    record Standardisation(float[] mean, float[] deviation) {

        static Standardisation of(Features features) {
            int size = features.size();
            double[] sums = new double[size];
            double[] squares = new double[size];
            float[] values = features.values();
            for (int n = 0, i = 0; n < features.count(); n++) {
                for (int d = 0; d < size; d++, i++) {
                    sums[d] += values[i];
                    squares[d] += (double) values[i] * values[i];
                }
            }
            float[] mean = new float[size];
            float[] deviation = new float[size];
            for (int d = 0; d < size; d++) {
                double centre = sums[d] / features.count();
                double variance = squares[d] / features.count() - centre * centre;
                mean[d] = (float) centre;
                deviation[d] = variance > 1e-10 ? (float) Math.sqrt(variance) : 1;
            }
            return new Standardisation(mean, deviation);
        }
    }

    static FeatureMatrix of(Features features, Standardisation standardisation) {
        int size = features.size();
        float[][] rows = new float[features.count()][size];
        float[][] columns = new float[size][features.count()];
        float[] values = features.values();
        for (int n = 0, i = 0; n < rows.length; n++) {
            for (int d = 0; d < size; d++, i++) {
                float value = (values[i] - standardisation.mean()[d])
                        / standardisation.deviation()[d];
                rows[n][d] = value;
                columns[d][n] = value;
            }
        }
        return new FeatureMatrix(rows, columns);
    }

    int count() {
        return rows.length;
    }

    int size() {
        return columns.length;
    }

    /** Returns the rows at these positions. */
    FeatureMatrix rows(int[] positions) {
        float[][] chosen = new float[positions.length][];
        float[][] across = new float[size()][positions.length];
        for (int i = 0; i < positions.length; i++) {
            chosen[i] = rows[positions[i]];
            for (int d = 0; d < across.length; d++) across[d][i] = chosen[i][d];
        }
        return new FeatureMatrix(chosen, across);
    }
}
