package io.fovea.hybrid;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Places of the pictures that are held out, and of the others; every class keeps a picture among the others.
 *
 * @param heldOut in the order they were drawn
 * @param others  likewise
 */
record HoldOut(int[] heldOut, int[] others) {

    /** Draws {@code count} places, or fewer if that would leave a class without pictures. */
    static HoldOut of(int[] labels, int count, SplittableRandom random) {
        int[] left = new int[1 + Arrays.stream(labels).max().orElse(0)];
        for (int label : labels) left[label]++;
        int[] heldOut = new int[count];
        int[] others = new int[labels.length];
        int held = 0;
        int kept = 0;
        for (int place : Evolution.permutation(labels.length, random)) {
            if (held < count && left[labels[place]] > 1) {
                left[labels[place]]--;
                heldOut[held++] = place;
            } else {
                others[kept++] = place;
            }
        }
        return new HoldOut(Arrays.copyOf(heldOut, held), Arrays.copyOf(others, kept));
    }

    /** Returns the first {@code count} places, and after them the first of every class that has none among them. */
    static int[] first(int count, int[] labels) {
        boolean[] seen = new boolean[1 + Arrays.stream(labels).max().orElse(0)];
        return IntStream.range(0, labels.length)
                .filter(place -> {
                    boolean isNew = !seen[labels[place]];
                    seen[labels[place]] = true;
                    return place < count || isNew;
                })
                .toArray();
    }
}
