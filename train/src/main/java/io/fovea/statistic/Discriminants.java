package io.fovea.statistic;

import io.fovea.tensor.LinearAlgebra;
import io.fovea.tensor.LinearAlgebra.Transposition;

/**
 * Fisher's linear discriminants: the directions in which groups lie furthest apart, measured in the spread within groups.
 *
 * <p>Formula: with S the covariance within groups, raised by λ times its mean variance, S = L·Lᵀ, and m_g = √p_g·L⁻¹·(mean_g − mean), the
 * projection is the leading left singular vectors of [m_1 … m_G], times L⁻ᵀ. In the projected space the covariance within groups is the identity, so
 * Euclidean distance is the right one for neighbours. Groups are classes or, where a class has several shapes, parts of classes.
 * <p>Source: Fisher 1936; Rao 1948; with parts of classes Zhu and Martinez 2006, "Subclass discriminant analysis".
 */
public final class Discriminants {

    private Discriminants() {}

    /**
     * Returns a projection to at most {@code dimensions} numbers: never more than one less than there are groups with pictures.
     *
     * @throws io.fovea.problem.Problem if all features are constant
     */
    public static LinearHead fit(Scatter scatter, GroupMeans groups, int dimensions, double shrinkage) {
        int size = scatter.size();
        int count = groups.groups();
        double[] mean = groups.mean();
        double[] between = new double[size * count];
        int filled = 0;
        for (int g = 0; g < count; g++) {
            if (groups.count(g) == 0) continue;
            filled++;
            double root = Math.sqrt((double) groups.count(g) / groups.total());
            double[] own = groups.mean(g);
            for (int d = 0; d < size; d++) between[d * count + g] = root * (own[d] - mean[d]);
        }
        double[] within = scatter.covariance();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double product = 0;
                for (int g = 0; g < count; g++) product += between[i * count + g] * between[j * count + g];
                within[i * size + j] -= product;
            }
        }
        double[] factor = Ridge.factor(within, size, shrinkage);
        double[] white = LinearAlgebra.solveTriangular(factor, size, between, count, Transposition.PLAIN);
        int taken = Math.min(dimensions, Math.max(1, filled - 1));
        double[] leading = leading(white, size, count, taken);
        double[] projection = LinearAlgebra.solveTriangular(factor, size, leading, taken, Transposition.TRANSPOSED);
        float[] weight = new float[taken * size];
        float[] bias = new float[taken];
        for (int k = 0; k < taken; k++) {
            double constant = 0;
            for (int d = 0; d < size; d++) {
                weight[k * size + d] = (float) projection[d * taken + k];
                constant -= projection[d * taken + k] * mean[d];
            }
            bias[k] = (float) constant;
        }
        return new LinearHead(weight, bias);
    }

    /** Returns the leading left singular vectors [size, taken] of a matrix [size, count], through the eigenvectors of MᵀM. */
    private static double[] leading(double[] matrix, int size, int count, int taken) {
        double[] product = new double[count * count];
        for (int d = 0; d < size; d++) {
            for (int i = 0; i < count; i++) {
                double value = matrix[d * count + i];
                for (int j = 0; j < count; j++) product[i * count + j] += value * matrix[d * count + j];
            }
        }
        LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(product, count);
        double[] vectors = new double[size * taken];
        for (int k = 0; k < taken; k++) {
            int column = count - 1 - k; // ascending values: the largest stand last
            double value = Math.sqrt(Math.max(eigen.values()[column], 0));
            if (value < 1e-9) continue; // groups with equal means leave no direction
            for (int d = 0; d < size; d++) {
                double sum = 0;
                for (int g = 0; g < count; g++) sum += matrix[d * count + g] * eigen.vectors()[g * count + column];
                vectors[d * taken + k] = sum / value;
            }
        }
        return vectors;
    }
}
