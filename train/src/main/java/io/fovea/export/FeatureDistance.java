package io.fovea.export;

import io.fovea.tensor.LinearAlgebra;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import java.util.stream.IntStream;

/**
 * How far a vector lies from those that a network gave for its training pictures: Mahalanobis distance in the directions in which they
 * vary most, and one variance for all other directions.
 *
 * <p>Formula: with v = x / |x|, zeros for a vector of zeros, z = v − m and p = Bᵀz,
 * distance = √max(0, r·|z|² + Σ fⱼ·pⱼ²), where r = 1/ρ and fⱼ = 1/λⱼ − 1/ρ. λ are the d largest variances of v, ρ the mean of the others; a
 * twentieth of the mean of all is added to each, so that directions in which nothing varied do not decide alone. Only the direction of x counts: bright and dark
 * pictures of one kind are alike, and a picture that answers weakly everywhere is not near the middle.
 * <p>Shapes: x, m [D]; B [D, d] in whole numbers of 8 bits with a scale for each column; f [d].
 * <p>Source: Lee et al. 2018, arXiv:1807.03888 (Mahalanobis distance of features); Tipping and Bishop 1999, doi:10.1111/1467-9868.00196 (one variance for
 * the directions left out).
 *
 * @param mean     m
 * @param basis    B
 * @param factors  f
 * @param residual r
 */
record FeatureDistance(float[] mean, QuantizedTensor basis, float[] factors, float residual)
        implements FamiliarityDistance {

    private static final double SHRINKAGE = 0.05;
    /** The least variance that is reckoned with, so that vectors that are all alike keep a finite distance; v has a length of 1. */
    private static final double LEAST_VARIANCE = 1e-14;

    /** Beyond this length of vectors fewer pictures tell their directions, so that the products stay small. */
    private static final int LONG = 1024;

    private static final int PICTURES_OF_LONG = 512;

    /**
     * Learns from the vectors of training pictures.
     *
     * <p>Cost: N·min(N, D)·D, and a decomposition of min(N, D)³.
     *
     * @param name      what the basis is called in the file
     * @param most      the largest d; fewer vectors have fewer directions
     */
    static FeatureDistance fit(String name, FeatureVectors training, int most) {
        int width = training.width();
        double[][] rows = normalised(width <= LONG ? training : even(training, PICTURES_OF_LONG));
        double[] mean = centre(rows, width);
        int directions = Math.clamp((rows.length - 1) / 2, 1, Math.min(most, width));
        Directions main =
                rows.length <= width ? fromPictures(rows, width, directions) : fromAxes(rows, width, directions);
        double total = main.total() / width;
        double floor = Math.max(SHRINKAGE * total, LEAST_VARIANCE);
        double kept = 0;
        for (double variance : main.variances()) kept += variance;
        double others = width == directions ? total : Math.max(0, main.total() - kept) / (width - directions);
        float[] factors = new float[directions];
        for (int j = 0; j < directions; j++)
            factors[j] = (float) (1 / (Math.max(0, main.variances()[j]) + floor) - 1 / (others + floor));
        float[] centre = new float[width];
        for (int i = 0; i < width; i++) centre[i] = (float) mean[i];
        NamedTensor basis = new NamedTensor(name, new int[] {width, directions}, main.basis());
        return new FeatureDistance(
                centre, QuantizedTensor.quantize(basis, 8, 1), factors, (float) (1 / (others + floor)));
    }

    @Override
    public double[] of(FeatureVectors vectors) {
        float[] floats = basis.dequantized().values();
        return IntStream.range(0, vectors.count())
                .mapToDouble(n -> of(vectors.values(), n * vectors.width(), floats))
                .toArray();
    }

    private double of(float[] values, int from, float[] floats) {
        double squares = 0;
        for (int i = 0; i < mean.length; i++) squares += (double) values[from + i] * values[from + i];
        double length = squares == 0 ? 1 : Math.sqrt(squares);
        double[] along = new double[factors.length];
        double rest = 0;
        for (int i = 0; i < mean.length; i++) {
            double z = values[from + i] / length - mean[i];
            rest += z * z;
            for (int j = 0; j < along.length; j++) along[j] += z * floats[i * along.length + j];
        }
        double squared = residual * rest;
        for (int j = 0; j < along.length; j++) squared += factors[j] * along[j] * along[j];
        return Math.sqrt(Math.max(0, squared));
    }

    @Override
    public FeatureDistance in(double unit) {
        double square = unit * unit;
        float[] scaled = new float[factors.length];
        for (int j = 0; j < scaled.length; j++) scaled[j] = (float) (factors[j] / square);
        return new FeatureDistance(mean, basis, scaled, (float) (residual / square));
    }

    @Override
    public long sizeInBytes() {
        return basis.sizeInBytes() + 4L * (mean.length + factors.length + 1);
    }

    /** The main directions as columns of [D, d], their variances [d], and the sum of all D variances. */
    private record Directions(float[] basis, double[] variances, double total) {}

    private static FeatureVectors even(FeatureVectors vectors, int most) {
        int count = vectors.count();
        if (count <= most) return vectors;
        return vectors.at(IntStream.range(0, most)
                .map(i -> (int) ((long) i * count / most))
                .toArray());
    }

    /** Returns v of each row. */
    private static double[][] normalised(FeatureVectors vectors) {
        int width = vectors.width();
        double[][] rows = new double[vectors.count()][width];
        for (int n = 0; n < rows.length; n++) {
            double squares = 0;
            for (int i = 0; i < width; i++) {
                double value = vectors.values()[n * width + i];
                rows[n][i] = value;
                squares += value * value;
            }
            double length = squares == 0 ? 1 : Math.sqrt(squares);
            for (int i = 0; i < width; i++) rows[n][i] /= length;
        }
        return rows;
    }

    /** Takes the mean from each row, and returns it. */
    private static double[] centre(double[][] rows, int width) {
        double[] mean = new double[width];
        for (double[] row : rows) for (int i = 0; i < width; i++) mean[i] += row[i] / rows.length;
        for (double[] row : rows) for (int i = 0; i < width; i++) row[i] -= mean[i];
        return mean;
    }

    /** Of the covariance [D, D]. */
    private static Directions fromAxes(double[][] rows, int width, int directions) {
        double[] covariance = products(rows, width, LinearAlgebra.Transposition.TRANSPOSED);
        LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(covariance, width);
        float[] basis = new float[width * directions];
        double[] variances = new double[directions];
        for (int j = 0; j < directions; j++) {
            int column = width - 1 - j; // values ascend
            variances[j] = eigen.values()[column];
            for (int i = 0; i < width; i++) basis[i * directions + j] = (float) eigen.vectors()[i * width + column];
        }
        return new Directions(basis, variances, trace(covariance, width));
    }

    /** Of the products [N, N] of pictures with each other, whose eigenvectors u give the directions Zᵀu / √(N·λ). */
    private static Directions fromPictures(double[][] rows, int width, int directions) {
        int count = rows.length;
        double[] gram = products(rows, width, LinearAlgebra.Transposition.PLAIN);
        LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(gram, count);
        float[] basis = new float[width * directions];
        double[] variances = new double[directions];
        for (int j = 0; j < directions; j++) {
            int column = count - 1 - j;
            variances[j] = eigen.values()[column];
            double[] direction = new double[width];
            double squares = 0;
            for (int n = 0; n < count; n++) {
                double share = eigen.vectors()[n * count + column];
                for (int i = 0; i < width; i++) direction[i] += share * rows[n][i];
            }
            for (double value : direction) squares += value * value;
            double length = Math.sqrt(squares);
            for (int i = 0; i < width; i++)
                basis[i * directions + j] = length == 0 ? 0 : (float) (direction[i] / length);
        }
        return new Directions(basis, variances, trace(gram, count));
    }

    /** Returns the products of the rows or columns with each other, divided by the number of rows. */
    private static double[] products(double[][] rows, int width, LinearAlgebra.Transposition transposition) {
        double[] all = new double[rows.length * width];
        for (int n = 0; n < rows.length; n++) System.arraycopy(rows[n], 0, all, n * width, width);
        double[] products = LinearAlgebra.products(all, rows.length, width, transposition);
        for (int i = 0; i < products.length; i++) products[i] /= rows.length;
        return products;
    }

    private static double trace(double[] matrix, int n) {
        double trace = 0;
        for (int i = 0; i < n; i++) trace += matrix[i * n + i];
        return trace;
    }
}
