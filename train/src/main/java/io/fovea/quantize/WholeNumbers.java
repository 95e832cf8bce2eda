package io.fovea.quantize;

import io.fovea.weights.QuantizedTensor;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What turns a network in floats into one of whole numbers, in whichever file: 8 bits for results and weights, 32 for biases and sums.
 *
 * <p>It belongs to a network whose batch norms are folded already: of one that is not, a file computes in floats. So it does what has no operator on
 * whole numbers (uneven adaptive pooling, local response normalisation, most activations, sums of three), and whoever reads a result in another
 * form gets it converted.
 *
 * @param results     by the name of the layer, the picture's by {@link io.fovea.network.Network#INPUT}; of a layer that a ReLU or ReLU6 alone
 *                    reads, the latter's. Layers that only pick or average what they read (pooling but the global mean, flatten, shortcut,
 *                    upsampling) keep the scale that they read, and a sigmoid has its own, so that theirs need not be here. What gives
 *                    the answer needs none if it is dense or one of {@code floatLayers}; else it should reach all that occurs, for beyond it
 *                    the answer itself is cut off
 * @param weights     of every convolution and dense layer outside of {@code floatLayers}, by the layer's name: 8 bits, a scale for each output
 *                    (axis 0)
 * @param biases      of the same, in floats; of a layer that is missing here, the network's
 * @param floatLayers layers to compute in floats
 */
public record WholeNumbers(
        Map<String, ActivationScale> results,
        Map<String, QuantizedTensor> weights,
        Map<String, float[]> biases,
        Set<String> floatLayers) {

    /** Copies. */
    public WholeNumbers {
        results = Map.copyOf(results);
        weights = Map.copyOf(weights);
        biases = Map.copyOf(biases);
        floatLayers = Set.copyOf(floatLayers);
        weights.forEach((name, tensor) -> {
            Objects.requireNonNull(tensor, name);
            if (tensor.bits() != 8 || tensor.axis() != 0) {
                throw new IllegalArgumentException("The weights of \"" + name + "\" must have 8 bits and a scale for"
                        + " each output (axis 0), but have " + tensor.bits() + " and axis " + tensor.axis());
            }
        });
    }
}
