package io.fovea.export;

import io.fovea.tensor.LinearAlgebra;
import java.util.stream.IntStream;

/**
 * How far statistics of a picture lie from those of the training pictures: Mahalanobis distance in all directions.
 *
 * <p>Formula: distance = |W·v − b|, where WᵀW is the inverse of S + diag(s·S) + t·I with the covariance S of the training vectors, s = 0.02
 * and t = 0.001, and b = W·m with their mean m. What is added keeps statistics that never differed, as the colours of grey pictures, from deciding
 * by the last bit. Statistics are logarithms: t is a variance of 3 % squared.
 * <p>Shapes: v [D], W [D, D], b [D]; kept as Wᵀ row after row, and −b.
 * <p>Source: Mahalanobis 1936, "On the generalised distance in statistics".
 *
 * @param weights Wᵀ [D, D]
 * @param bias    −b [D]
 */
record StatisticsDistance(float[] weights, float[] bias) implements FamiliarityDistance {

    private static final double SHRINKAGE = 0.02;
    private static final double LEAST_VARIANCE = 1e-3;

    /** Learns from the vectors of training pictures. */
    static StatisticsDistance fit(FeatureVectors training) {
        int width = training.width();
        int count = training.count();
        double[] rows = new double[count * width];
        double[] mean = new double[width];
        for (int i = 0; i < rows.length; i++) mean[i % width] += (double) training.values()[i] / count;
        for (int i = 0; i < rows.length; i++) rows[i] = training.values()[i] - mean[i % width];
        double[] covariance = LinearAlgebra.products(rows, count, width, LinearAlgebra.Transposition.TRANSPOSED);
        for (int i = 0; i < covariance.length; i++) covariance[i] /= count;
        for (int i = 0; i < width; i++)
            covariance[i * width + i] += SHRINKAGE * covariance[i * width + i] + LEAST_VARIANCE;
        LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(covariance, width);
        float[] weights = new float[width * width];
        float[] bias = new float[width];
        for (int j = 0; j < width; j++) {
            double along = 0;
            for (int i = 0; i < width; i++) {
                double weight = eigen.vectors()[i * width + j] / Math.sqrt(eigen.values()[j]);
                weights[i * width + j] = (float) weight;
                along += weight * mean[i];
            }
            bias[j] = (float) -along;
        }
        return new StatisticsDistance(weights, bias);
    }

    @Override
    public double[] of(FeatureVectors vectors) {
        return IntStream.range(0, vectors.count())
                .mapToDouble(n -> of(vectors.values(), n * bias.length))
                .toArray();
    }

    private double of(float[] values, int from) {
        double squares = 0;
        for (int j = 0; j < bias.length; j++) {
            double along = bias[j];
            for (int i = 0; i < bias.length; i++) along += (double) values[from + i] * weights[i * bias.length + j];
            squares += along * along;
        }
        return Math.sqrt(squares);
    }

    @Override
    public StatisticsDistance in(double unit) {
        return new StatisticsDistance(divided(weights, unit), divided(bias, unit));
    }

    private static float[] divided(float[] values, double divisor) {
        float[] quotients = new float[values.length];
        for (int i = 0; i < values.length; i++) quotients[i] = (float) (values[i] / divisor);
        return quotients;
    }

    @Override
    public long sizeInBytes() {
        return 4L * (weights.length + bias.length);
    }
}
