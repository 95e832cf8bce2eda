package io.fovea.optimize;

import java.util.Arrays;
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

    /** Writes the gradients of the sum, not yet divided; map by map, as they lie in memory. */
    private static Part picture(
            double smoothing, double[] weights, float[] logits, Targets.Masks targets, int n, float[] gradient) {
        int classes = weights.length;
        int area = targets.area();
        int first = n * classes * area;
        float[] largest = Arrays.copyOfRange(logits, first, first + area);
        for (int k = 1; k < classes; k++) {
            int map = first + k * area;
            for (int i = 0; i < area; i++) largest[i] = Math.max(largest[i], logits[map + i]);
        }
        float[] sums = new float[area];
        for (int k = 0; k < classes; k++) {
            int map = first + k * area;
            for (int i = 0; i < area; i++) {
                float exponential = (float) Math.exp(logits[map + i] - largest[i]);
                gradient[map + i] = exponential;
                sums[i] += exponential;
            }
        }
        double spread = 0; // Σ w(k) · smoothing / K
        for (double weight : weights) spread += weight * smoothing / classes;
        double total = 0;
        double divisor = 0;
        for (int i = 0; i < area; i++) {
            int label = targets.masks()[n * area + i] & 0xff;
            if (label == Targets.Masks.UNLABELLED) {
                for (int k = 0; k < classes; k++) gradient[first + k * area + i] = 0;
                continue;
            }
            double own = (1 - smoothing) * weights[label];
            double logSum = Math.log(sums[i]) + largest[i];
            total += own * (logSum - logits[first + label * area + i]);
            float mass = (float) ((own + spread) / sums[i]);
            for (int k = 0; k < classes; k++) {
                int at = first + k * area + i;
                if (smoothing > 0) total += weights[k] * smoothing / classes * (logSum - logits[at]);
                gradient[at] = (float) (mass * gradient[at] - weights[k] * smoothing / classes);
            }
            gradient[first + label * area + i] -= (float) own;
            divisor += weights[label];
        }
        return new Part(total, divisor);
    }
}
