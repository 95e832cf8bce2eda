package io.fovea.transfer;

import java.util.Arrays;

/**
 * The loss of a linear head: loss(W·x + b) + decay/2 · |W|².
 *
 * <p>The point is W [K, D] by rows, then b [K]. Cost: 2·N·D·K multiply-accumulates.
 */
final class LinearObjective implements Objective {

    private final FeatureMatrix features;
    private final HeadLoss loss;
    private final double decay;
    private final float[][] outputs; // [K, N]
    private final float[][] errors; // [K, N]
    private final float[] row; // [D]

    LinearObjective(FeatureMatrix features, HeadLoss loss, double decay) {
        this.features = features;
        this.loss = loss;
        this.decay = decay;
        outputs = new float[loss.outputs()][features.count()];
        errors = new float[loss.outputs()][features.count()];
        row = new float[features.size()];
    }

    @Override
    public int dimension() {
        return dimension(features.size(), loss.outputs());
    }

    static int dimension(int features, int outputs) {
        return (features + 1) * outputs;
    }

    @Override
    public double at(double[] point, double[] gradient) {
        int size = features.size();
        outputs(features, point, outputs);
        double value = loss.at(outputs, errors);
        for (int k = 0; k < outputs.length; k++) {
            Arrays.fill(row, 0);
            double bias = 0;
            for (int n = 0; n < features.count(); n++) {
                float error = errors[k][n];
                bias += error;
                add(error, features.rows()[n], row);
            }
            for (int d = 0; d < size; d++) {
                double weight = point[k * size + d];
                value += decay / 2 * weight * weight;
                gradient[k * size + d] = row[d] + decay * weight;
            }
            gradient[outputs.length * size + k] = bias;
        }
        return value;
    }

    /** Writes W·x + b for every picture. */
    static void outputs(FeatureMatrix features, double[] point, float[][] outputs) {
        int size = features.size();
        for (int k = 0; k < outputs.length; k++) {
            Arrays.fill(outputs[k], (float) point[outputs.length * size + k]);
            for (int d = 0; d < size; d++) add((float) point[k * size + d], features.columns()[d], outputs[k]);
        }
    }

    private static void add(float factor, float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) to[i] += factor * from[i];
    }
}
