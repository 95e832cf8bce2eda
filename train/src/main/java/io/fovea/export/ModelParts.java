package io.fovea.export;

import io.fovea.image.Preprocessing;
import io.fovea.network.Network;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.Objects;

/**
 * What a trained network consists of.
 *
 * @param network       the layers
 * @param preprocessing how a picture becomes its input, in the sizes of the dataset; mean and deviation may be those of a pretrained backbone
 * @param weights       its parameters and buffers; of a quantised tensor the floats that stand for it
 * @param quantized     those of the weights that the file keeps as whole numbers; usually none
 * @param references    what the references of a nearest-neighbour layer look like; {@link ReferencePictures#NONE} otherwise
 */
public record ModelParts(
        Network network,
        Preprocessing preprocessing,
        Weights weights,
        List<QuantizedTensor> quantized,
        ReferencePictures references) {

    /** Checks that nothing is missing, and puts the quantised tensors' floats into the weights. */
    public ModelParts {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(references, "references");
        quantized = List.copyOf(quantized);
        weights = QuantizedTensor.into(Objects.requireNonNull(weights, "weights"), quantized);
    }

    /** With all weights as floats. */
    public ModelParts(Network network, Preprocessing preprocessing, Weights weights) {
        this(network, preprocessing, weights, List.of(), ReferencePictures.NONE);
    }

    /** Returns these parts with some tensors as whole numbers. */
    public ModelParts withQuantized(List<QuantizedTensor> tensors) {
        return new ModelParts(network, preprocessing, weights, tensors, references);
    }

    /** Returns these parts with pictures of the references. */
    public ModelParts withReferences(ReferencePictures pictures) {
        return new ModelParts(network, preprocessing, weights, quantized, pictures);
    }
}
