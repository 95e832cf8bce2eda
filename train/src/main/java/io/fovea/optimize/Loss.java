package io.fovea.optimize;

/** How wrong a batch of outputs is: the mean over the batch, and its gradient. Holds no state between batches. */
public sealed interface Loss {

    /**
     * Cross-entropy of the softmax of the logits against the labels.
     *
     * <p>Formula: L = −1/N Σ<sub>n</sub> Σ<sub>k</sub> t<sub>nk</sub> ln softmax(x<sub>n</sub>)<sub>k</sub>, with t = 1 − smoothing + smoothing/K at the label and
     * smoothing/K elsewhere.
     * <p>Source: Szegedy et al. 2016, arXiv:1512.00567, section 7 (label smoothing).
     *
     * @param smoothing 0 for one-hot targets, below 1
     */
    record CrossEntropy(double smoothing) implements Loss {
        /** Checks the range. */
        public CrossEntropy {
            if (!(smoothing >= 0 && smoothing < 1))
                throw new IllegalArgumentException("smoothing must be at least 0 and below 1: " + smoothing);
        }

        @Override
        public Result of(float[] logits, int[] labels, int size, int classes, float[] gradient) {
            double total = 0;
            int correct = 0;
            float off = (float) (smoothing / classes);
            float on = (float) (1 - smoothing) + off;
            for (int n = 0; n < size; n++) {
                int row = n * classes;
                int best = 0;
                for (int k = 1; k < classes; k++) if (logits[row + k] > logits[row + best]) best = k;
                if (best == labels[n]) correct++;
                float largest = logits[row + best];
                double sum = 0;
                for (int k = 0; k < classes; k++) sum += Math.exp(logits[row + k] - largest);
                double logSum = Math.log(sum) + largest;
                for (int k = 0; k < classes; k++) {
                    float target = k == labels[n] ? on : off;
                    double logProbability = logits[row + k] - logSum;
                    if (target != 0) total -= target * logProbability;
                    gradient[row + k] = ((float) Math.exp(logProbability) - target) / size;
                }
            }
            return new Result(total / size, correct);
        }
    }

    /**
     * The mean loss of a batch.
     *
     * @param mean    the loss, not a number if the outputs are not
     * @param correct pictures whose largest logit is at the label (the first of equals)
     */
    record Result(double mean, int correct) {}

    /**
     * Returns the mean loss and writes its gradient.
     *
     * @param logits   [N, K]
     * @param labels   [N], each 0 … K − 1
     * @param size     N
     * @param classes  K
     * @param gradient [N, K], overwritten with ∂L/∂logits
     */
    Result of(float[] logits, int[] labels, int size, int classes, float[] gradient);
}
