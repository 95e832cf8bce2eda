package io.fovea.statistic;

import io.fovea.problem.Problem;
import io.fovea.product.NeighbourSearch;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A few codes for each class that stand for all its pictures: the centers of k-means within the class.
 *
 * @param codes    [R, size]
 * @param labels   [R]
 * @param pictures [R] the place of the picture nearest to each, of the same class
 */
public record Prototypes(float[] codes, int[] labels, int[] pictures) {

    private static final int ROUNDS = 20;

    /**
     * Finds the same number for every class.
     *
     * @param codes      [N, size]
     * @param labels     [N]
     * @param classNames of the K classes
     * @throws Problem if a class has fewer pictures than prototypes
     */
    public static Prototypes of(
            float[] codes, int size, int[] labels, List<String> classNames, int perClass, long seed, Workers workers) {
        SplittableRandom random = new SplittableRandom(seed);
        int classes = classNames.size();
        float[] all = new float[classes * perClass * size];
        int[] allLabels = new int[classes * perClass];
        int[] pictures = new int[classes * perClass];
        for (int c = 0; c < classes; c++) {
            int[] places = Codes.places(labels, c);
            if (places.length < perClass) throw tooFew(classNames.get(c), places.length, perClass);
            float[] own = Codes.ofClass(codes, size, labels, c);
            float[] centers = KMeans.clusters(own, size, perClass, ROUNDS, random, workers)
                    .centers();
            System.arraycopy(centers, 0, all, c * perClass * size, centers.length);
            Arrays.fill(allLabels, c * perClass, (c + 1) * perClass, c);
            int[] nearest =
                    new NeighbourSearch(own, size).nearest(centers, 1, workers).positions();
            for (int p = 0; p < perClass; p++) pictures[c * perClass + p] = places[nearest[p]];
        }
        return new Prototypes(all, allLabels, pictures);
    }

    private static Problem tooFew(String name, int found, int wanted) {
        return new Problem(
                "Class \"" + name + "\" has " + found + " training pictures, but " + wanted
                        + " prototypes are wanted of each class.",
                "--references prototypes:" + wanted,
                "take prototypes:" + Math.max(1, found) + " or fewer, or import more pictures of this class");
    }
}
