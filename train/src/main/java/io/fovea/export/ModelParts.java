package io.fovea.export;

import io.fovea.image.Preprocessing;
import io.fovea.network.Network;
import io.fovea.weights.Weights;
import java.util.Objects;

/**
 * What a trained network consists of.
 *
 * @param network       the layers
 * @param preprocessing how a picture becomes its input, in the sizes of the dataset; mean and deviation may be those of a pretrained backbone
 * @param weights       its parameters and buffers
 */
public record ModelParts(Network network, Preprocessing preprocessing, Weights weights) {

    /** Checks that nothing is missing. */
    public ModelParts {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(weights, "weights");
    }
}
