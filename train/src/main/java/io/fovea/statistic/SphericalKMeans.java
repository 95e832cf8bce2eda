package io.fovea.statistic;

import io.fovea.product.NeighbourSearch;
import io.fovea.thread.Workers;
import java.util.SplittableRandom;

/**
 * Directions that many vectors point to: k-means on the unit sphere.
 *
 * <p>Formula: a vector belongs to the direction with the largest product; a direction is the sum of its vectors, scaled to length 1.
 * <p>Source: Dhillon and Modha 2001, "Concept decompositions for large sparse text data using clustering", section 2; as a source of
 * convolution kernels Coates and Ng 2012, "Learning feature representations with k-means".
 */
public final class SphericalKMeans {

    private SphericalKMeans() {}

    /**
     * Returns k directions [k, size].
     *
     * @param vectors [N, size]; scaled to length 1 in place
     */
    public static float[] directions(
            float[] vectors, int size, int k, int rounds, SplittableRandom random, Workers workers) {
        int n = vectors.length / size;
        for (int i = 0; i < n; i++) scale(vectors, i * size, size);
        float[] centers = new float[k * size];
        for (int c = 0; c < k; c++) System.arraycopy(vectors, random.nextInt(n) * size, centers, c * size, size);
        for (int round = 0; round < rounds; round++) {
            // among vectors of length 1 the nearest has the largest product
            int[] nearest = new NeighbourSearch(centers, size)
                    .nearest(vectors, 1, workers)
                    .positions();
            float[] sums = new float[k * size];
            for (int i = 0; i < n; i++) {
                int to = nearest[i] * size;
                int from = i * size;
                for (int d = 0; d < size; d++) sums[to + d] += vectors[from + d];
            }
            for (int c = 0; c < k; c++) {
                if (scale(sums, c * size, size) == 0) // nobody's direction begins again at some vector
                System.arraycopy(vectors, random.nextInt(n) * size, sums, c * size, size);
            }
            centers = sums;
        }
        return centers;
    }

    /** Scales to length 1 and returns the length before; nothing has no direction and stays. */
    private static double scale(float[] vectors, int at, int size) {
        double square = 0;
        for (int d = 0; d < size; d++) square += (double) vectors[at + d] * vectors[at + d];
        double length = Math.sqrt(square);
        if (length > 1e-12) for (int d = 0; d < size; d++) vectors[at + d] /= (float) length;
        return length > 1e-12 ? length : 0;
    }
}
