package io.fovea.map;

import io.fovea.kernel.Lanes;

/** Memory in which one thread's convolutions work; grows to what the largest needs. */
public final class MapWorkspace {

    float[] inputs = new float[0];
    float[] sums = new float[0];
    final float[] cell = Lanes.allocate(36 * Lanes.COUNT);
    final int[] pixels = new int[36];
    final int[] places = new int[16];
    final int[] others = new int[16];
    final int[] rows = new int[ProductTile.ROWS];
    final int[] from = new int[ProductTile.ROWS];
    final int[] to = new int[ProductTile.ROWS];
    int[] segments = new int[0];

    void grow(int inputLength, int sumLength) {
        if (inputs.length < inputLength) inputs = new float[inputLength];
        if (sums.length < sumLength) sums = new float[sumLength];
    }

    void growSegments(int length) {
        if (segments.length < length) segments = new int[length];
    }
}
