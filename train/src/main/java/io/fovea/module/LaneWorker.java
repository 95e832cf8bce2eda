package io.fovea.module;

import java.util.Arrays;

/** What one worker of a {@link VectorModule} has for itself. */
final class LaneWorker {

    /** Gradients at layer boundaries that no other worker reads: two per boundary, for a pair of groups. */
    final float[][] shared;

    private final float[][] sums;
    private float[] workspace = new float[0];

    LaneWorker(int boundaries) {
        shared = new float[2 * boundaries][];
        sums = new float[boundaries][];
    }

    /** Returns the gradients by a layer's parameters, summed over this worker's groups in the form of the layer's kernel. */
    float[] sums(int layer, int length) {
        if (sums[layer] == null) sums[layer] = new float[length];
        return sums[layer];
    }

    /** Sets all sums to zero, before a step. */
    void clearSums() {
        for (float[] layer : sums) if (layer != null) Arrays.fill(layer, 0);
    }

    /** Returns at least that many floats to work with; what they hold is undefined. */
    float[] workspace(int length) {
        if (workspace.length < length) workspace = new float[length];
        return workspace;
    }
}
