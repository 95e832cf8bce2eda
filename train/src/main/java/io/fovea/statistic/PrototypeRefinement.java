package io.fovea.statistic;

import io.fovea.product.RowProduct;
import io.fovea.thread.Workers;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Moves prototypes to where they tell the classes apart best, in code space; the network below stays as it is.
 *
 * <p>Formula: the loss of a code z of class y is −log Σ_{j of class y} a_j, with a = softmax_j(−|z − p_j|² / (2T)); its gradient by p_j is
 * (a_j − b_j)·(z − p_j)/T, b_j the share of j among the prototypes of class y. Steps by Adam (0.9, 0.99), the rate falling to 0.
 * <p>T is high (codes have variance 1 within classes): several prototypes share a code, so none is pulled to single pictures.
 * <p>Source: Goldberger et al. 2004, "Neighbourhood components analysis", equation 1, with prototypes for neighbours; Seo and Obermayer 2003, "Soft learning
 * vector quantization".
 */
public final class PrototypeRefinement {

    private static final int BATCH = 512;
    private static final int STEPS = 1_000;
    private static final double RATE = 0.03;
    private static final double TEMPERATURE = 10;
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.99;

    private PrototypeRefinement() {}

    /** How often a class is learned from. */
    public enum Draw {
        /** As often as it has pictures: frequent classes are answered more. */
        BY_PICTURES,
        /** As often as any other, however few pictures it has. */
        CLASSES_ALIKE
    }

    /**
     * Returns moved prototypes [R, size].
     *
     * @param prototypes [R, size]
     * @param classes    [R] of the prototypes
     * @param codes      copies of the N pictures' codes, [N, size] each
     * @param labels     [N]
     * @param draw       of the pictures
     */
    public static float[] refine(
            float[] prototypes,
            int[] classes,
            int size,
            float[][] codes,
            int[] labels,
            Draw draw,
            SplittableRandom random,
            Workers workers) {
        int[][] places = draw == Draw.CLASSES_ALIKE ? byClass(labels) : new int[][] {all(labels.length)};
        float[] moved = prototypes.clone();
        int count = classes.length;
        double[] first = new double[moved.length];
        double[] second = new double[moved.length];
        float[] batch = new float[BATCH * size];
        int[] wanted = new int[BATCH];
        float[] scores = new float[BATCH * count];
        float[] pulls = new float[count * BATCH];
        float[] gradient = new float[count * size];
        for (int step = 0; step < STEPS; step++) {
            for (int n = 0; n < BATCH; n++) {
                float[] copy = codes[random.nextInt(codes.length)];
                int[] some = places.length == 1 ? places[0] : places[random.nextInt(places.length)];
                int picture = some[random.nextInt(some.length)];
                System.arraycopy(copy, picture * size, batch, n * size, size);
                wanted[n] = labels[picture];
            }
            scores(moved, count, size, batch, scores, workers);
            workers.ranges(BATCH, 1, (from, to) -> {
                for (int n = from; n < to; n++) pull(n, scores, classes, wanted[n], pulls);
            });
            gradient(moved, size, batch, pulls, gradient, workers);
            double rate = RATE * (1 - (double) step / STEPS);
            double correction1 = 1 - Math.pow(BETA_1, step + 1);
            double correction2 = 1 - Math.pow(BETA_2, step + 1);
            for (int i = 0; i < moved.length; i++) {
                first[i] = BETA_1 * first[i] + (1 - BETA_1) * gradient[i];
                second[i] = BETA_2 * second[i] + (1 - BETA_2) * gradient[i] * gradient[i];
                moved[i] -= (float) (rate * first[i] / correction1 / (Math.sqrt(second[i] / correction2) + 1e-8));
            }
        }
        return moved;
    }

    private static int[] all(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** Returns where the pictures of each class stand that has any. */
    private static int[][] byClass(int[] labels) {
        return IntStream.of(labels)
                .distinct()
                .sorted()
                .mapToObj(label -> Codes.places(labels, label))
                .toArray(int[][]::new);
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

    /** Writes (a − b) / BATCH of a code, what pushes each prototype away from it, into column n of [R, BATCH]. */
    private static void pull(int n, float[] scores, int[] classes, int wanted, float[] pulls) {
        int count = classes.length;
        int row = n * count;
        float largest = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < count; j++) largest = Math.max(largest, scores[row + j]);
        double total = 0;
        double own = 0;
        for (int j = 0; j < count; j++) {
            double share = Math.exp(scores[row + j] - largest);
            scores[row + j] = (float) share;
            total += share;
            if (classes[j] == wanted) own += share;
        }
        for (int j = 0; j < count; j++) {
            double share = scores[row + j];
            double among = classes[j] == wanted ? share / Math.max(own, 1e-30) : 0;
            pulls[j * BATCH + n] = (float) ((share / total - among) / BATCH);
        }
    }

    /** Writes Σ_n pull[j, n]·(z_n − p_j) / T [R, size]. */
    private static void gradient(
            float[] prototypes, int size, float[] batch, float[] pulls, float[] gradient, Workers workers) {
        float[] columns = new float[size * BATCH];
        for (int n = 0; n < BATCH; n++) for (int d = 0; d < size; d++) columns[d * BATCH + n] = batch[n * size + d];
        int count = prototypes.length / size;
        new RowProduct(columns, new float[size]).multiply(pulls, count, gradient, 0, workers);
        for (int j = 0; j < count; j++) {
            float sum = 0;
            for (int n = 0; n < BATCH; n++) sum += pulls[j * BATCH + n];
            for (int d = 0; d < size; d++) {
                int i = j * size + d;
                gradient[i] = (float) ((gradient[i] - sum * prototypes[i]) / TEMPERATURE);
            }
        }
    }
}
