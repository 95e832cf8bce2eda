package io.fovea.hybrid;

import io.fovea.kernel.RowProduct;
import io.fovea.tensor.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Moves prototypes to where they tell the classes apart best, in code space; the network below stays as it is.
 *
 * <p>Formula: the loss of a code z of class y is −log Σ_{j of class y} a_j, with a = softmax_j(−|z − p_j|² / (2T)); its gradient by p_j is
 * (a_j − b_j)·(z − p_j)/T·(−1), b_j the share of j among the prototypes of class y. Steps by Adam (0.9, 0.99), the rate falling to 0.
 * <p>T is high (codes have variance 1 within classes): several prototypes share a code, so none is pulled to single pictures.
 * <p>Source: Goldberger et al. 2004, "Neighbourhood components analysis", equation 1, with prototypes for neighbours; Seo and Obermayer 2003, "Soft learning
 * vector quantization".
 */
final class PrototypeRefinement {

    private static final int BATCH = 512;
    private static final int STEPS = 1_000;
    private static final double RATE = 0.03;
    private static final double TEMPERATURE = 10;
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.99;

    private PrototypeRefinement() {}

    /**
     * Returns moved prototypes [R, size].
     *
     * @param prototypes [R, size]
     * @param classes    [R] of the prototypes
     * @param codes      copies of the N pictures' codes, [N, size] each
     * @param labels     [N]
     */
    static float[] refine(
            float[] prototypes,
            int[] classes,
            int size,
            float[][] codes,
            int[] labels,
            SplittableRandom random,
            Workers workers) {
        float[] moved = prototypes.clone();
        int count = classes.length;
        double[] first = new double[moved.length];
        double[] second = new double[moved.length];
        float[] batch = new float[BATCH * size];
        int[] wanted = new int[BATCH];
        float[] scores = new float[BATCH * count];
        for (int step = 0; step < STEPS; step++) {
            for (int n = 0; n < BATCH; n++) {
                float[] copy = codes[random.nextInt(codes.length)];
                int picture = random.nextInt(labels.length);
                System.arraycopy(copy, picture * size, batch, n * size, size);
                wanted[n] = labels[picture];
            }
            scores(moved, count, size, batch, scores, workers);
            pulls(scores, classes, wanted);
            double rate = RATE * (1 - (double) step / STEPS);
            double correction1 = 1 - Math.pow(BETA_1, step + 1);
            double correction2 = 1 - Math.pow(BETA_2, step + 1);
            workers.ranges(count, 1, (from, to) -> {
                double[] gradient = new double[size];
                for (int j = from; j < to; j++) {
                    gradient(j, moved, count, size, batch, scores, gradient);
                    for (int d = 0; d < size; d++) {
                        int i = j * size + d;
                        first[i] = BETA_1 * first[i] + (1 - BETA_1) * gradient[d];
                        second[i] = BETA_2 * second[i] + (1 - BETA_2) * gradient[d] * gradient[d];
                        double root = Math.sqrt(second[i] / correction2) + 1e-8;
                        moved[i] -= (float) (rate * first[i] / correction1 / root);
                    }
                }
            });
        }
        return moved;
    }

    /** Writes (2·z·p − |p|²) / (2T) [BATCH, R]: the same as −|z − p|²/(2T) but for what all prototypes share. */
    private static void scores(
            float[] prototypes, int count, int size, float[] batch, float[] scores, Workers workers) {
        float[] weight = new float[prototypes.length];
        float[] bias = new float[count];
        for (int j = 0; j < count; j++) {
            double square = 0;
            for (int d = 0; d < size; d++) {
                float value = prototypes[j * size + d];
                weight[j * size + d] = (float) (value / TEMPERATURE);
                square += value * value;
            }
            bias[j] = (float) (-square / (2 * TEMPERATURE));
        }
        new RowProduct(weight, bias).multiply(batch, BATCH, scores, 0, workers);
    }

    /** Turns scores into (a − b) / BATCH, what pushes a prototype away from a code. */
    private static void pulls(float[] scores, int[] classes, int[] wanted) {
        int count = classes.length;
        for (int n = 0; n < BATCH; n++) {
            int row = n * count;
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < count; j++) largest = Math.max(largest, scores[row + j]);
            double total = 0;
            double own = 0;
            for (int j = 0; j < count; j++) {
                double share = Math.exp(scores[row + j] - largest);
                scores[row + j] = (float) share;
                total += share;
                if (classes[j] == wanted[n]) own += share;
            }
            for (int j = 0; j < count; j++) {
                double share = scores[row + j];
                double among = classes[j] == wanted[n] ? share / Math.max(own, 1e-30) : 0;
                scores[row + j] = (float) ((share / total - among) / BATCH);
            }
        }
    }

    private static void gradient(
            int j, float[] prototypes, int count, int size, float[] batch, float[] pulls, double[] gradient) {
        Arrays.fill(gradient, 0);
        double sum = 0;
        for (int n = 0; n < BATCH; n++) {
            double pull = pulls[n * count + j];
            if (pull == 0) continue;
            sum += pull;
            for (int d = 0; d < size; d++) gradient[d] += pull * batch[n * size + d];
        }
        for (int d = 0; d < size; d++) gradient[d] = (gradient[d] - sum * prototypes[j * size + d]) / TEMPERATURE;
    }
}
