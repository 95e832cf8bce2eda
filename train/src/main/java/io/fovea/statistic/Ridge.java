package io.fovea.statistic;

import io.fovea.problem.Problem;
import io.fovea.tensor.LinearAlgebra;
import io.fovea.tensor.LinearAlgebra.Transposition;

/**
 * Least squares from features to one-hot targets, in closed form.
 *
 * <p>Formula: W = (C + λ·v·I)⁻¹·B, C the covariance of the features, v the mean of its diagonal, B the covariance of features and targets;
 * it minimises the mean of |W·x + b − t|² + λ·v·|W|².
 * <p>Source: Hoerl and Kennard 1970, "Ridge regression", equation 2.1, on centred data.
 */
public final class Ridge {

    private Ridge() {}

    /**
     * Returns the head.
     *
     * @param groups    one per class
     * @param shrinkage λ
     * @throws Problem if all features are constant
     */
    public static LinearHead fit(Scatter scatter, GroupMeans groups, double shrinkage) {
        int size = scatter.size();
        int classes = groups.groups();
        double[] mean = scatter.mean();
        double[] factor = factor(scatter.covariance(), size, shrinkage);
        double[] right = new double[size * classes];
        for (int c = 0; c < classes; c++) {
            double share = (double) groups.count(c) / groups.total();
            double[] own = groups.mean(c);
            for (int d = 0; d < size; d++) right[d * classes + c] = share * (own[d] - mean[d]);
        }
        double[] half = LinearAlgebra.solveTriangular(factor, size, right, classes, Transposition.PLAIN);
        double[] solution = LinearAlgebra.solveTriangular(factor, size, half, classes, Transposition.TRANSPOSED);
        float[] weight = new float[classes * size];
        float[] bias = new float[classes];
        for (int c = 0; c < classes; c++) {
            double constant = (double) groups.count(c) / groups.total();
            for (int d = 0; d < size; d++) {
                weight[c * size + d] = (float) solution[d * classes + c];
                constant -= solution[d * classes + c] * mean[d];
            }
            bias[c] = (float) constant;
        }
        return new LinearHead(weight, bias);
    }

    /** Returns the Cholesky factor of a covariance with its diagonal raised; overwrites the covariance. */
    static double[] factor(double[] covariance, int size, double shrinkage) {
        double trace = 0;
        for (int d = 0; d < size; d++) trace += covariance[d * size + d];
        if (!(trace / size > 1e-12)) {
            throw new Problem(
                    "The filters see no difference between the pictures: all their answers are constant.",
                    "the maps of the last pooling layer, " + size + " features",
                    "look at the pictures (fovea data show): they are all alike, or without any contrast");
        }
        for (int d = 0; d < size; d++) covariance[d * size + d] += shrinkage * trace / size;
        return LinearAlgebra.cholesky(covariance, size)
                .orElseThrow(() -> new Problem(
                        "The covariance of the features is singular even with " + shrinkage
                                + " of its mean variance added to the diagonal.",
                        "the maps of the last pooling layer, " + size + " features",
                        "take more pictures"));
    }
}
