package io.fovea.transfer;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The loss of a head with one hidden layer: loss(V·relu(W·x + b) + c) + decay/2 · (|W|² + |V|²).
 *
 * <p>The point is W [H, D], b [H], V [K, H], c [K], one after the other.
 * <p>Symbols: H hidden units. Cost: 2·N·H·(D + K) multiply-accumulates.
 */
final class HiddenObjective implements Objective {

    private final FeatureMatrix features;
    private final HeadLoss loss;
    private final int hidden;
    private final double decay;
    private final float[][] activations; // [H, N]
    private final float[][] back; // [H, N]
    private final float[][] outputs; // [K, N]
    private final float[][] errors; // [K, N]
    private final float[] row; // [D]

    HiddenObjective(FeatureMatrix features, HeadLoss loss, int hidden, double decay) {
        this.features = features;
        this.loss = loss;
        this.hidden = hidden;
        this.decay = decay;
        activations = new float[hidden][features.count()];
        back = new float[hidden][features.count()];
        outputs = new float[loss.outputs()][features.count()];
        errors = new float[loss.outputs()][features.count()];
        row = new float[features.size()];
    }

    /** Returns a first point: weights uniform in ±√(6 / inputs) before the ReLU and ±√(3 / inputs) after it, no biases. */
    static double[] start(int features, int hidden, int outputs, RandomGenerator random) {
        double[] point = new double[dimension(features, hidden, outputs)];
        double first = Math.sqrt(6.0 / features);
        double second = Math.sqrt(3.0 / hidden);
        for (int i = 0; i < hidden * features; i++) point[i] = (2 * random.nextDouble() - 1) * first;
        int at = hidden * (features + 1);
        for (int i = 0; i < outputs * hidden; i++) point[at + i] = (2 * random.nextDouble() - 1) * second;
        return point;
    }

    @Override
    public int dimension() {
        return dimension(features.size(), hidden, loss.outputs());
    }

    private static int dimension(int features, int hidden, int outputs) {
        return hidden * (features + 1) + outputs * (hidden + 1);
    }

    @Override
    public double at(double[] point, double[] gradient) {
        int size = features.size();
        int second = hidden * (size + 1);
        int count = features.count();
        outputs(features, point, activations, outputs);
        double value = loss.at(outputs, errors);
        for (float[] values : back) Arrays.fill(values, 0);
        for (int k = 0; k < outputs.length; k++) {
            for (int h = 0; h < hidden; h++) {
                double weight = point[second + k * hidden + h];
                double sum = 0;
                for (int n = 0; n < count; n++) sum += errors[k][n] * activations[h][n];
                gradient[second + k * hidden + h] = sum + decay * weight;
                value += decay / 2 * weight * weight;
                add((float) weight, errors[k], back[h]);
            }
            double bias = 0;
            for (int n = 0; n < count; n++) bias += errors[k][n];
            gradient[second + outputs.length * hidden + k] = bias;
        }
        for (int h = 0; h < hidden; h++) {
            Arrays.fill(row, 0);
            double bias = 0;
            for (int n = 0; n < count; n++) {
                if (activations[h][n] <= 0) continue;
                bias += back[h][n];
                add(back[h][n], features.rows()[n], row);
            }
            for (int d = 0; d < size; d++) {
                double weight = point[h * size + d];
                gradient[h * size + d] = row[d] + decay * weight;
                value += decay / 2 * weight * weight;
            }
            gradient[hidden * size + h] = bias;
        }
        return value;
    }

    /** Writes the hidden values and the outputs of every picture. */
    static void outputs(FeatureMatrix features, double[] point, float[][] activations, float[][] outputs) {
        int size = features.size();
        int hidden = activations.length;
        int second = hidden * (size + 1);
        for (int h = 0; h < hidden; h++) {
            Arrays.fill(activations[h], (float) point[hidden * size + h]);
            for (int d = 0; d < size; d++) add((float) point[h * size + d], features.columns()[d], activations[h]);
            for (int n = 0; n < activations[h].length; n++) activations[h][n] = Math.max(0, activations[h][n]);
        }
        for (int k = 0; k < outputs.length; k++) {
            Arrays.fill(outputs[k], (float) point[second + outputs.length * hidden + k]);
            for (int h = 0; h < hidden; h++) add((float) point[second + k * hidden + h], activations[h], outputs[k]);
        }
    }

    private static void add(float factor, float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) to[i] += factor * from[i];
    }
}
