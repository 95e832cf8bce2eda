package io.fovea.module;

/** What one worker of a {@link VectorModule} has for itself. */
final class LaneWorker {

    /** Its share of the gradients by parameters, flat [P]: those of convolutions, summed over its own groups. */
    final float[] gradients;

    /** Gradients at layer boundaries that no other worker reads: two per boundary, for a pair of groups. */
    final float[][] shared;

    private float[] workspace = new float[0];

    LaneWorker(int parameters, int boundaries) {
        gradients = new float[parameters];
        shared = new float[2 * boundaries][];
    }

    /** Returns at least that many floats to work with; what they hold is undefined. */
    float[] workspace(int length) {
        if (workspace.length < length) workspace = new float[length];
        return workspace;
    }
}
