package io.fovea.transfer;

import io.fovea.network.Network;
import io.fovea.weights.Weights;

/** A head that knows its classes or values; becomes layers of the backbone's network. */
public sealed interface FittedHead permits TrainedHead, NeighbourHead {

    /** Returns the outputs [N, K] for features [N, D], as the network would give them. */
    float[] outputs(Features features);

    /** Returns the backbone with this head. */
    Network network(Backbone backbone);

    /** Returns the weights of the backbone and this head. */
    Weights weights(Backbone backbone);
}
