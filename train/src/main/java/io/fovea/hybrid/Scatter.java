package io.fovea.hybrid;

import io.fovea.product.GramMatrix;
import io.fovea.thread.Workers;

/**
 * What a closed-form head needs to know of features: their products, and their sums by group.
 *
 * <p>A group is a class or a part of one. Features come in any number at a time and are not kept.
 */
final class Scatter {

    private final int size;
    private final GramMatrix gram;

    Scatter(int size, Workers workers) {
        this.size = size;
        gram = new GramMatrix(size, workers);
    }

    void add(float[] rows, int count) {
        gram.add(rows, count);
    }

    int size() {
        return size;
    }

    long count() {
        return gram.count();
    }

    /** Returns the mean of all features [D]. */
    double[] mean() {
        double[] mean = gram.totals();
        for (int i = 0; i < size; i++) mean[i] /= gram.count();
        return mean;
    }

    /** Returns (1/N)·Σ (x − mean)·(x − mean)ᵀ [D, D]. */
    double[] covariance() {
        double[] mean = mean();
        double[] matrix = gram.products();
        double count = gram.count();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) matrix[i * size + j] = matrix[i * size + j] / count - mean[i] * mean[j];
        }
        return matrix;
    }
}
