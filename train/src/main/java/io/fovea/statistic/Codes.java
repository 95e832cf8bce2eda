package io.fovea.statistic;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Rows of codes [N, size] and their classes. */
public final class Codes {

    private Codes() {}

    /** Returns the codes of one class, in their order. */
    public static float[] ofClass(float[] codes, int size, int[] labels, int label) {
        return rows(codes, size, places(labels, label));
    }

    /** Returns the codes at these places, in this order. */
    public static float[] rows(float[] codes, int size, int[] places) {
        float[] rows = new float[places.length * size];
        for (int i = 0; i < places.length; i++) System.arraycopy(codes, places[i] * size, rows, i * size, size);
        return rows;
    }

    /** Returns where a class's pictures stand. */
    public static int[] places(int[] labels, int label) {
        return IntStream.range(0, labels.length).filter(n -> labels[n] == label).toArray();
    }

    /** Returns the class with the largest output of each row. */
    public static int[] largest(float[] outputs, int size) {
        int[] largest = new int[outputs.length / size];
        Arrays.setAll(largest, n -> {
            int best = 0;
            for (int k = 1; k < size; k++) if (outputs[n * size + k] > outputs[n * size + best]) best = k;
            return best;
        });
        return largest;
    }

    /** Returns the first numbers of each code: [N, shorter] of [N, size]. */
    public static float[] prefixes(float[] codes, int size, int shorter) {
        int count = codes.length / size;
        float[] prefixes = new float[count * shorter];
        for (int n = 0; n < count; n++) System.arraycopy(codes, n * size, prefixes, n * shorter, shorter);
        return prefixes;
    }
}
