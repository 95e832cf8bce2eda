package io.fovea.transfer;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** What a head should say for each picture, and how wrong it is. */
public sealed interface HeadTargets {

    /** Returns N. */
    int count();

    /** Returns K, the head's outputs. */
    int outputs();

    /** Returns the targets of some pictures, in that order; a picture may come several times. */
    HeadTargets rows(int[] positions);

    /**
     * Returns the mean loss and writes its gradient.
     *
     * @param outputs  [K, N]
     * @param gradient [K, N], overwritten
     */
    double loss(float[][] outputs, float[][] gradient);

    /** Returns the same targets, all classes alike and unsmoothed: what heads are compared by. */
    default HeadTargets plain() {
        return this;
    }

    /**
     * Classes; the loss is the cross-entropy of the softmax.
     *
     * <p>Formula: L = Σ<sub>n</sub> Σ<sub>k</sub> w<sub>k</sub> t<sub>nk</sub> (−ln softmax(z<sub>n</sub>)<sub>k</sub>) / Σ<sub>n</sub> w(n), where t is
     * 1 − smoothing + smoothing/K at the label and smoothing/K elsewhere, and w(n) is the weight of the picture's class: as where all layers learn.
     *
     * @param labels    [N], each 0 … K − 1
     * @param outputs   K
     * @param weights   [K]
     * @param smoothing 0 for one-hot targets, below 1
     */
    record Classes(int[] labels, int outputs, double[] weights, double smoothing) implements HeadTargets {
        /** Checks the labels. */
        public Classes {
            for (int label : labels) {
                if (label < 0 || label >= outputs) {
                    throw new IllegalArgumentException("Label " + label + " is not in 0 … " + (outputs - 1));
                }
            }
            if (weights.length != outputs) {
                throw new IllegalArgumentException(outputs + " classes, but " + weights.length + " weights");
            }
        }

        /** With all classes alike, unsmoothed. */
        public Classes(int[] labels, int outputs) {
            this(labels, outputs, DoubleStream.generate(() -> 1).limit(outputs).toArray(), 0);
        }

        @Override
        public int count() {
            return labels.length;
        }

        @Override
        public HeadTargets rows(int[] positions) {
            int[] chosen =
                    Arrays.stream(positions).map(position -> labels[position]).toArray();
            return new Classes(chosen, outputs, weights, smoothing);
        }

        @Override
        public HeadTargets plain() {
            return new Classes(labels, outputs);
        }

        @Override
        public double loss(float[][] z, float[][] gradient) {
            double whole = 0; // Σ w(n)
            for (int label : labels) whole += weights[label];
            double total = 0;
            for (int n = 0; n < labels.length; n++) {
                float largest = z[0][n];
                for (int k = 1; k < outputs; k++) largest = Math.max(largest, z[k][n]);
                double sum = 0;
                for (int k = 0; k < outputs; k++) sum += Math.exp(z[k][n] - largest);
                double logSum = Math.log(sum) + largest;
                double pulls = 0; // Σ w(k)·t(n, k)
                for (int k = 0; k < outputs; k++) {
                    double pull = pull(n, k);
                    pulls += pull;
                    if (pull > 0) total += pull * (logSum - z[k][n]);
                }
                for (int k = 0; k < outputs; k++) {
                    double probability = Math.exp(z[k][n] - logSum);
                    gradient[k][n] = (float) ((pulls * probability - pull(n, k)) / whole);
                }
            }
            return total / whole;
        }

        private double pull(int n, int k) {
            return weights[k] * (smoothing / outputs + (k == labels[n] ? 1 - smoothing : 0));
        }
    }

    /**
     * Numbers in the network's units; the loss is half the squared error, mean over pictures and outputs.
     *
     * @param values [N, K]
     */
    record Values(float[] values, int outputs) implements HeadTargets {
        /** Checks the size. */
        public Values {
            if (values.length % outputs != 0) {
                throw new IllegalArgumentException(values.length + " values are no rows of " + outputs);
            }
        }

        @Override
        public int count() {
            return values.length / outputs;
        }

        @Override
        public HeadTargets rows(int[] positions) {
            float[] chosen = new float[positions.length * outputs];
            for (int i = 0; i < positions.length; i++) {
                System.arraycopy(values, positions[i] * outputs, chosen, i * outputs, outputs);
            }
            return new Values(chosen, outputs);
        }

        @Override
        public double loss(float[][] z, float[][] gradient) {
            double total = 0;
            int count = count();
            for (int k = 0; k < outputs; k++) {
                for (int n = 0; n < count; n++) {
                    double error = z[k][n] - values[n * outputs + k];
                    total += error * error / 2;
                    gradient[k][n] = (float) (error / values.length);
                }
            }
            return total / values.length;
        }
    }
}
