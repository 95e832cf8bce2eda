package io.fovea.optimize;

import java.util.Arrays;

/** The arithmetic of {@link Loss.CrossEntropy}. */
final class CrossEntropyRule {

    private CrossEntropyRule() {}

    static Loss.Result of(
            Loss.CrossEntropy loss, float[] logits, Targets targets, int size, int classes, float[] gradient) {
        if (targets instanceof Targets.Masks masks) {
            int maps = classes / masks.area();
            return PixelCrossEntropy.of(
                    loss.smoothing(), weights(loss.classWeights(), maps), logits, masks, size, gradient);
        }
        double[] weights = weights(loss.classWeights(), classes);
        return switch (targets) {
            case Targets.Labels(int[] labels) -> {
                float[] whole = new float[size];
                Arrays.fill(whole, 1);
                Targets.MixedLabels unmixed = new Targets.MixedLabels(labels, labels, whole);
                yield of(loss.smoothing(), weights, logits, unmixed, size, gradient);
            }
            case Targets.MixedLabels mixed -> of(loss.smoothing(), weights, logits, mixed, size, gradient);
            case Targets.Masks _, Targets.Values _ ->
                throw new IllegalArgumentException(loss + " is for labels, not for numbers");
        };
    }

    private static Loss.Result of(
            double smoothing,
            double[] weights,
            float[] logits,
            Targets.MixedLabels targets,
            int size,
            float[] gradient) {
        int classes = weights.length;
        double divisor = 0;
        for (int n = 0; n < size; n++) {
            double share = targets.shares()[n];
            divisor += share * weights[targets.first()[n]] + (1 - share) * weights[targets.second()[n]];
        }
        double total = 0;
        double[] wanted = new double[classes]; // w·t
        for (int n = 0; n < size; n++) {
            int row = n * classes;
            int first = targets.first()[n];
            int second = targets.second()[n];
            float share = targets.shares()[n];
            double mass = 0;
            for (int k = 0; k < classes; k++) {
                double target = smoothing / classes;
                if (k == first) target += (1 - smoothing) * share;
                if (k == second) target += (1 - smoothing) * (1 - share);
                wanted[k] = target * weights[k];
                mass += wanted[k];
            }
            int best = 0;
            for (int k = 1; k < classes; k++) if (logits[row + k] > logits[row + best]) best = k;
            float largest = logits[row + best];
            double sum = 0;
            for (int k = 0; k < classes; k++) sum += Math.exp(logits[row + k] - largest);
            double logSum = Math.log(sum) + largest;
            for (int k = 0; k < classes; k++) {
                double logProbability = logits[row + k] - logSum;
                if (wanted[k] != 0) total -= wanted[k] * logProbability;
                gradient[row + k] =
                        divisor == 0 ? 0 : (float) ((mass * Math.exp(logProbability) - wanted[k]) / divisor);
            }
        }
        // a batch of classes that weigh nothing teaches nothing; outputs that are no numbers stay visible
        return new Loss.Result(divisor == 0 ? 0 * total : total / divisor, divisor);
    }

    /** Returns a number for each class. */
    static double[] weights(ClassWeights weights, int classes) {
        return switch (weights) {
            case ClassWeights.Equal _ -> {
                double[] ones = new double[classes];
                Arrays.fill(ones, 1);
                yield ones;
            }
            case ClassWeights.Balanced _, ClassWeights.Softened _ ->
                throw new IllegalStateException("Class weights in words need the classes' counts: call counted first");
            case ClassWeights.Given given -> {
                if (given.weights().size() != classes) {
                    throw new IllegalArgumentException("Expected " + classes + " class weights, found "
                            + given.weights().size() + ": " + given.weights());
                }
                yield given.weights().stream().mapToDouble(Double::doubleValue).toArray();
            }
        };
    }
}
