package io.fovea.transfer;

import java.util.Arrays;

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

    /**
     * Classes; the loss is the cross-entropy of the softmax.
     *
     * @param labels [N], each 0 … K − 1
     */
    record Classes(int[] labels, int outputs) implements HeadTargets {
        /** Checks the labels. */
        public Classes {
            for (int label : labels) {
                if (label < 0 || label >= outputs) {
                    throw new IllegalArgumentException("Label " + label + " is not in 0 … " + (outputs - 1));
                }
            }
        }

        @Override
        public int count() {
            return labels.length;
        }

        @Override
        public HeadTargets rows(int[] positions) {
            return new Classes(
                    Arrays.stream(positions).map(position -> labels[position]).toArray(), outputs);
        }

        @Override
        public double loss(float[][] z, float[][] gradient) {
            double total = 0;
            for (int n = 0; n < labels.length; n++) {
                float largest = z[0][n];
                for (int k = 1; k < outputs; k++) largest = Math.max(largest, z[k][n]);
                double sum = 0;
                for (int k = 0; k < outputs; k++) sum += Math.exp(z[k][n] - largest);
                double logSum = Math.log(sum) + largest;
                total += logSum - z[labels[n]][n];
                for (int k = 0; k < outputs; k++) {
                    double probability = Math.exp(z[k][n] - logSum);
                    gradient[k][n] = (float) ((probability - (k == labels[n] ? 1 : 0)) / labels.length);
                }
            }
            return total / labels.length;
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
