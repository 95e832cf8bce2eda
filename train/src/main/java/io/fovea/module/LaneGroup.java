package io.fovea.module;

/**
 * What a group of pictures leaves in a {@link VectorModule} between forward and backward: an array per layer boundary.
 *
 * <p>Index 0 is the network's input, i + 1 the output of layer i. Arrays that a layer does not need are null.
 */
final class LaneGroup {

    /** Number of this group within the batch. */
    int index;

    /** [values, L] at each boundary. */
    final float[][] values;

    /** Gradients at each boundary; those that are done with at once are shared by the groups of a worker. */
    final float[][] gradients;

    /** What a layer keeps for itself: the padded input of a convolution, the factors of dropout. */
    final float[][] kept;

    LaneGroup(int layers) {
        values = new float[layers + 1][];
        gradients = new float[layers + 1][];
        kept = new float[layers][];
    }
}
