package io.fovea.optimize;

import java.util.stream.IntStream;

/**
 * The arithmetic of {@link Loss.CrossEntropy} for a class at every pixel: logits [N, K, H, W], the mean over all labelled pixels of the batch.
 *
 * <p>Formula: as for pictures, with a pixel in the place of a picture. Pictures are worked on by several threads, and their sums added in order.
 */
final class PixelCrossEntropy {

    private PixelCrossEntropy() {}

    /** What one picture adds. */
    private record Part(double total, double divisor) {}

    static Loss.Result of(
            double smoothing, double[] weights, float[] logits, Targets.Masks targets, int size, float[] gradient) {
        Part[] parts = new Part[size];
        IntStream.range(0, size)
                .parallel()
                .forEach(n -> parts[n] = picture(smoothing, weights, logits, targets, n, gradient));
        double total = 0;
        double divisor = 0;
        for (Part part : parts) {
            total += part.total();
            divisor += part.divisor();
        }
        // a batch without a labelled pixel teaches nothing
        float factor = divisor == 0 ? 0 : (float) (1 / divisor);
        int length = weights.length * targets.area();
        IntStream.range(0, size).parallel().forEach(n -> {
            for (int i = n * length; i < (n + 1) * length; i++) gradient[i] *= factor;
        });
        return new Loss.Result(divisor == 0 ? 0 * total : total / divisor, divisor);
    }

    /** Writes the gradients of the sum, not yet divided. */
    private static Part picture(
            double smoothing, double[] weights, float[] logits, Targets.Masks targets, int n, float[] gradient) {
        int classes = weights.length;
        int area = targets.area();
        int first = n * classes * area;
        double total = 0;
        double divisor = 0;
        double[] wanted = new double[classes]; // w·t
        double[] exponentials = new double[classes];
        for (int i = 0; i < area; i++) {
            int label = targets.masks()[n * area + i] & 0xff;
            if (label == Targets.Masks.UNLABELLED) {
                for (int k = 0; k < classes; k++) gradient[first + k * area + i] = 0;
                continue;
            }
            float largest = logits[first + i];
            for (int k = 1; k < classes; k++) largest = Math.max(largest, logits[first + k * area + i]);
            double sum = 0;
            double mass = 0;
            for (int k = 0; k < classes; k++) {
                exponentials[k] = Math.exp(logits[first + k * area + i] - largest);
                sum += exponentials[k];
                double target = smoothing / classes + (k == label ? 1 - smoothing : 0);
                wanted[k] = target * weights[k];
                mass += wanted[k];
            }
            double logSum = Math.log(sum) + largest;
            for (int k = 0; k < classes; k++) {
                int at = first + k * area + i;
                if (wanted[k] != 0) total += wanted[k] * (logSum - logits[at]);
                gradient[at] = (float) (mass * exponentials[k] / sum - wanted[k]);
            }
            divisor += weights[label];
        }
        return new Part(total, divisor);
    }
}
