package io.fovea.statistic;

import io.fovea.product.GramMatrix;
import io.fovea.thread.Workers;

/**
 * What a closed-form head needs to know of features: their products, and their sums by group.
 *
 * <p>A group is a class or a part of one. Features come in any number at a time and are not kept.
 */
public final class Scatter {

    private final int size;
    private final GramMatrix gram;

    /** Begins without features; of D each. */
    public Scatter(int size, Workers workers) {
        this.size = size;
        gram = new GramMatrix(size, workers);
    }

    /** Adds features [count, D]. */
    public void add(float[] rows, int count) {
        gram.add(rows, count);
    }

    /** Returns D. */
    public int size() {
        return size;
    }

    /** Returns how many features were added. */
    public long count() {
        return gram.count();
    }

    /** Returns the mean of all features [D]. */
    public double[] mean() {
        double[] mean = gram.totals();
        for (int i = 0; i < size; i++) mean[i] /= gram.count();
        return mean;
    }

    /** Returns (1/N)·Σ (x − mean)·(x − mean)ᵀ [D, D]. */
    public double[] covariance() {
        double[] mean = mean();
        double[] matrix = gram.products();
        double count = gram.count();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) matrix[i * size + j] = matrix[i * size + j] / count - mean[i] * mean[j];
        }
        return matrix;
    }
}
