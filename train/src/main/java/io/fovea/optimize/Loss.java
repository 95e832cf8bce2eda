package io.fovea.optimize;

import java.util.Objects;

/**
 * How wrong a batch of outputs is: the mean over the batch, and its gradient. Holds no state between batches.
 *
 * <p>Symbols: N pictures, K classes, T numbers per picture, x outputs, y targets.
 */
public sealed interface Loss {

    /**
     * The mean loss of a batch.
     *
     * @param mean    the loss, not a number if the outputs are not
     * @param weight  what the sum was divided by: N, or the sum of the pictures' class weights
     */
    record Result(double mean, double weight) {}

    /**
     * Returns the mean loss and writes its gradient.
     *
     * @param outputs  [N, width]
     * @param targets  labels for a classification, values for a regression
     * @param size     N
     * @param width    K or T
     * @param gradient [N, width], overwritten with ∂L/∂outputs
     * @throws IllegalArgumentException if the loss is not for such targets
     */
    Result of(float[] outputs, Targets targets, int size, int width, float[] gradient);

    /** Returns this loss with numbers in the place of "balanced" class weights; {@code counts} are the training pictures of each class. */
    default Loss counted(int[] counts) {
        return this;
    }

    /**
     * Cross-entropy of the softmax of the logits against the labels.
     *
     * <p>Formula: L = Σ<sub>n</sub> Σ<sub>k</sub> w<sub>k</sub> t<sub>nk</sub> (−ln softmax(x<sub>n</sub>)<sub>k</sub>) / Σ<sub>n</sub> w(n), where t is
     * 1 − smoothing + smoothing/K at the label and smoothing/K elsewhere, and w(n) is the weight of the picture's class. A mixed picture has the
     * t and the w(n) of its two classes, by their shares.
     * <p>Source: Szegedy et al. 2016, arXiv:1512.00567, section 7 (label smoothing); weights as in PyTorch.
     *
     * @param smoothing    0 for one-hot targets, below 1
     * @param classWeights how much a picture counts
     */
    record CrossEntropy(double smoothing, ClassWeights classWeights) implements Loss {
        /** Checks the range. */
        public CrossEntropy {
            if (!(smoothing >= 0 && smoothing < 1))
                throw new IllegalArgumentException("smoothing must be at least 0 and below 1: " + smoothing);
            Objects.requireNonNull(classWeights, "classWeights");
        }

        /** With all classes alike. */
        public CrossEntropy(double smoothing) {
            this(smoothing, new ClassWeights.Equal());
        }

        /**
         * Returns the sum of the weights of all labelled pixels, by which their losses are divided.
         *
         * @param classes K
         */
        public double sumOfWeights(Targets.Masks masks, int pictures, int classes) {
            double[] weights = CrossEntropyRule.weights(classWeights, classes);
            double sum = 0;
            for (int i = 0; i < pictures * masks.area(); i++) {
                int label = masks.masks()[i] & 0xff;
                if (label != Targets.Masks.UNLABELLED) sum += weights[label];
            }
            return sum;
        }

        @Override
        public Loss counted(int[] counts) {
            return new CrossEntropy(smoothing, classWeights.counted(counts));
        }

        @Override
        public Result of(float[] outputs, Targets targets, int size, int width, float[] gradient) {
            return CrossEntropyRule.of(this, outputs, targets, size, width, gradient);
        }
    }

    /** L = Σ (x − y)² / (N·T). */
    record MeanSquaredError() implements Loss {
        @Override
        public Result of(float[] outputs, Targets targets, int size, int width, float[] gradient) {
            float[] values = values(this, targets);
            int count = size * width;
            double sum = 0;
            for (int i = 0; i < count; i++) {
                float difference = outputs[i] - values[i];
                sum += (double) difference * difference;
                gradient[i] = 2 * difference / count;
            }
            return new Result(sum / count, size);
        }
    }

    /** L = Σ |x − y| / (N·T); gradient 0 where both are equal. */
    record MeanAbsoluteError() implements Loss {
        @Override
        public Result of(float[] outputs, Targets targets, int size, int width, float[] gradient) {
            float[] values = values(this, targets);
            int count = size * width;
            double sum = 0;
            for (int i = 0; i < count; i++) {
                float difference = outputs[i] - values[i];
                sum += Math.abs(difference);
                gradient[i] = Math.signum(difference) / count;
            }
            return new Result(sum / count, size);
        }
    }

    /**
     * Squared near the target, absolute far from it: per number (x − y)² / (2·beta) if |x − y| &lt; beta, else |x − y| − beta/2.
     *
     * <p>Source: Girshick 2015, arXiv:1504.08083, equation 3, with PyTorch's beta.
     *
     * @param beta where the two meet, above 0, in the outputs' unit
     */
    record SmoothL1(double beta) implements Loss {
        /** Checks the range. */
        public SmoothL1 {
            if (!(beta > 0) || Double.isInfinite(beta))
                throw new IllegalArgumentException("beta must be above 0: " + beta);
        }

        @Override
        public Result of(float[] outputs, Targets targets, int size, int width, float[] gradient) {
            float[] values = values(this, targets);
            int count = size * width;
            double sum = 0;
            for (int i = 0; i < count; i++) {
                float difference = outputs[i] - values[i];
                double distance = Math.abs(difference);
                boolean near = distance < beta;
                sum += near ? distance * distance / (2 * beta) : distance - beta / 2;
                // written so that what is no number stays none
                gradient[i] = (near ? (float) (difference / beta) : Math.signum(difference)) / count;
            }
            return new Result(sum / count, size);
        }
    }

    private static float[] values(Loss loss, Targets targets) {
        if (targets instanceof Targets.Values(float[] values)) return values;
        throw new IllegalArgumentException(loss + " is for numbers, not for labels");
    }
}
