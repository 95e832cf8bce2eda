package io.fovea.hybrid;

import io.fovea.candidate.FeatureMaps;
import io.fovea.candidate.FeatureMaps.Shift;
import io.fovea.candidate.LabelledPictures;
import io.fovea.product.RowProduct;
import io.fovea.statistic.Codes;
import io.fovea.statistic.Discriminants;
import io.fovea.statistic.GroupMeans;
import io.fovea.statistic.KMeans;
import io.fovea.statistic.LinearHead;
import io.fovea.statistic.Ridge;
import io.fovea.statistic.Scatter;
import io.fovea.thread.Workers;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Fits heads in closed form to what the filters see.
 *
 * <p>Flow: products and class sums of all features → discriminants of the classes → each class falls into a few clusters there → discriminants of
 * these. Features are computed a few hundred pictures at a time and never kept.
 */
final class HeadFit {

    /** How many pictures' features are there at a time. */
    private static final int CHUNK = 1024;
    /** Pictures whose codes show how each class falls apart. */
    private static final int CLUSTERED = 15_000;

    private static final int ROUNDS = 15;

    private final FeatureMaps maps;
    private final int classes;
    private final Workers workers;

    HeadFit(FeatureMaps maps, int classes, Workers workers) {
        this.maps = maps;
        this.classes = classes;
        this.workers = workers;
    }

    /** Hears of some pictures' features: [N, D] in {@code rows}, of the pictures from {@code first}. */
    private interface Seen {
        void features(float[] rows, int first, int count);
    }

    private void each(LabelledPictures pictures, List<Shift> shifts, Seen seen) {
        float[] rows = new float[Math.min(CHUNK, pictures.count()) * maps.length()];
        for (Shift shift : shifts) {
            for (int first = 0; first < pictures.count(); first += CHUNK) {
                int count = Math.min(CHUNK, pictures.count() - first);
                maps.features(pictures.pixels(), first, count, shift, rows);
                seen.features(rows, first, count);
            }
        }
    }

    /** Returns least squares from features to one-hot classes. */
    LinearHead ridge(LabelledPictures pictures, double shrinkage) {
        Scatter scatter = new Scatter(maps.length(), workers);
        GroupMeans groups = new GroupMeans(classes, maps.length());
        each(pictures, List.of(Shift.NONE), (rows, first, count) -> {
            scatter.add(rows, count);
            add(
                    groups,
                    rows,
                    count,
                    IntStream.range(first, first + count)
                            .map(n -> pictures.labels()[n])
                            .toArray());
        });
        return Ridge.fit(scatter, groups, shrinkage);
    }

    private static void add(GroupMeans groups, float[] rows, int count, int[] members) {
        for (int n = 0; n < count; n++) groups.add(rows, n, members[n]);
    }

    /**
     * Returns a projection to codes in which neighbours are alike.
     *
     * @param subclasses into how many parts each class is cut
     * @param dimensions the longest code; it has at most one number less than there are parts
     * @param shifts     the pictures are also seen moved like this
     */
    LinearHead discriminants(
            LabelledPictures pictures,
            int subclasses,
            int dimensions,
            double shrinkage,
            List<Shift> shifts,
            SplittableRandom random) {
        Scatter scatter = new Scatter(maps.length(), workers);
        GroupMeans byClass = new GroupMeans(classes, maps.length());
        each(pictures, shifts, (rows, first, count) -> {
            scatter.add(rows, count);
            add(
                    byClass,
                    rows,
                    count,
                    IntStream.range(first, first + count)
                            .map(n -> pictures.labels()[n])
                            .toArray());
        });
        LinearHead plain = Discriminants.fit(scatter, byClass, classes - 1, shrinkage);
        if (subclasses == 1) return plain;
        float[][] parts = parts(pictures, plain, subclasses, random);
        GroupMeans byPart = new GroupMeans(classes * subclasses, maps.length());
        each(pictures, shifts, (rows, first, count) -> {
            float[] codes = plain.outputs(rows, count, workers);
            int[] members = new int[count];
            for (int n = 0; n < count; n++) {
                int label = pictures.labels()[first + n];
                members[n] = label * subclasses + nearest(codes, n, plain.outputs(), parts[label]);
            }
            add(byPart, rows, count, members);
        });
        return Discriminants.fit(scatter, byPart, dimensions, shrinkage);
    }

    /** Returns for each class the centers of its parts [subclasses, size]. */
    private float[][] parts(LabelledPictures pictures, LinearHead plain, int subclasses, SplittableRandom random) {
        int most = Math.min(CLUSTERED, pictures.count());
        int[] places =
                random.ints(most, 0, pictures.count()).sorted().distinct().toArray();
        LabelledPictures some = most == pictures.count() ? pictures : pictures.select(places);
        float[] codes = codes(some, plain);
        float[][] parts = new float[classes][];
        for (int c = 0; c < classes; c++) {
            float[] own = Codes.ofClass(codes, plain.outputs(), some.labels(), c);
            int k = Math.min(subclasses, own.length / plain.outputs());
            parts[c] = k == 0
                    ? new float[plain.outputs()]
                    : KMeans.clusters(own, plain.outputs(), k, ROUNDS, random, workers)
                            .centers();
        }
        return parts;
    }

    private static int nearest(float[] codes, int n, int size, float[] centers) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centers.length / size; c++) {
            double square = 0;
            for (int d = 0; d < size; d++) {
                double difference = codes[n * size + d] - centers[c * size + d];
                square += difference * difference;
            }
            if (square < least) {
                least = square;
                best = c;
            }
        }
        return best;
    }

    /** Returns the outputs [N, outputs] of a head for pictures. */
    float[] codes(LabelledPictures pictures, LinearHead head) {
        return codes(pictures, head, Shift.NONE);
    }

    float[] codes(LabelledPictures pictures, LinearHead head, Shift shift) {
        float[] codes = new float[pictures.count() * head.outputs()];
        RowProduct product = new RowProduct(head.weight(), head.bias());
        each(pictures, List.of(shift), (rows, first, count) -> product.multiply(rows, count, codes, first, workers));
        return codes;
    }
}
