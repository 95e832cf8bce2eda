package io.fovea.statistic;

import io.fovea.product.NeighbourSearch;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Lloyd's k-means by Euclidean distance, begun as k-means++ does.
 *
 * <p>Source: Lloyd 1982; Arthur and Vassilvitskii 2007, "k-means++: the advantages of careful seeding", section 2.2.
 */
public final class KMeans {

    private KMeans() {}

    /**
     * The centers and whose they are.
     *
     * @param centers [k, size]
     * @param members [N] the nearest center of each vector
     */
    public record Clusters(float[] centers, int[] members) {}

    /**
     * Finds k centers of N vectors; a center that nobody is nearest to stays where it was.
     *
     * @param vectors [N, size], N at least k
     */
    public static Clusters clusters(
            float[] vectors, int size, int k, int rounds, SplittableRandom random, Workers workers) {
        int n = vectors.length / size;
        if (k < 1 || k > n) throw new IllegalArgumentException("k must be 1 to " + n + ": " + k);
        float[] centers = seeds(vectors, size, k, random);
        for (int round = 0; round < rounds; round++) {
            int[] nearest = new NeighbourSearch(centers, size)
                    .nearest(vectors, 1, workers)
                    .positions();
            float[] next = means(vectors, size, nearest, centers);
            if (Arrays.equals(next, centers)) break;
            centers = next;
        }
        int[] members =
                new NeighbourSearch(centers, size).nearest(vectors, 1, workers).positions();
        return new Clusters(centers, members);
    }

    private static float[] seeds(float[] vectors, int size, int k, SplittableRandom random) {
        int n = vectors.length / size;
        float[] centers = new float[k * size];
        double[] distances = new double[n];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        int chosen = random.nextInt(n);
        for (int c = 0; c < k; c++) {
            System.arraycopy(vectors, chosen * size, centers, c * size, size);
            double total = 0;
            for (int i = 0; i < n; i++) {
                double square = 0;
                for (int d = 0; d < size; d++) {
                    double difference = vectors[i * size + d] - centers[c * size + d];
                    square += difference * difference;
                }
                distances[i] = Math.min(distances[i], square);
                total += distances[i];
            }
            chosen = drawn(distances, random.nextDouble() * total);
        }
        return centers;
    }

    private static int drawn(double[] weights, double at) {
        for (int i = 0; i < weights.length; i++) {
            at -= weights[i];
            if (at < 0) return i;
        }
        return weights.length - 1;
    }

    private static float[] means(float[] vectors, int size, int[] members, float[] before) {
        int k = before.length / size;
        double[] sums = new double[k * size];
        int[] counts = new int[k];
        for (int i = 0; i < members.length; i++) {
            counts[members[i]]++;
            for (int d = 0; d < size; d++) sums[members[i] * size + d] += vectors[i * size + d];
        }
        float[] means = before.clone();
        for (int c = 0; c < k; c++) {
            if (counts[c] == 0) continue;
            for (int d = 0; d < size; d++) means[c * size + d] = (float) (sums[c * size + d] / counts[c]);
        }
        return means;
    }
}
