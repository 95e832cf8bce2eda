package io.fovea.module;

import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.ParameterSpecification.Kind;
import io.fovea.network.Parameters;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The weights that training begins with.
 *
 * <p>Weights of convolution and dense layers are uniform in ±√(3 / fanIn), which keeps the variance of a layer's outputs
 * at that of its inputs; biases are 0. A rectifier takes half of the variance away, so in networks of more than four such layers, where
 * that would add up, those before a rectifier are uniform in ±√(6 / fanIn). Batch norms begin as identity: weight 1, bias 0, mean 0,
 * variance 1; all else is 0.
 *
 * <p>Source: Glorot and Bengio 2010, in the form that counts only the inputs, as Caffe's filler "xavier" does and DIGITS' LeNet asks for;
 * deep networks: He, Zhang, Ren and Sun 2015, arXiv:1502.01852, equation 10.
 */
public final class Initialization {

    /** Up to here a network learns as well with either, and keeps the draws that recorded results were made with. */
    private static final int SHALLOW = 4;

    private Initialization() {}

    /** Draws weights for a network, tensor after tensor in graph order. */
    public static Weights of(Network network, RandomGenerator random) {
        Set<String> rectified = isDeep(network) ? beforeRectifier(network) : Set.of();
        List<NamedTensor> tensors = new ArrayList<>();
        for (ParameterSpecification specification : Parameters.of(network)) {
            float[] values = new float[Math.toIntExact(specification.count())];
            String name = specification.name();
            if (specification.kind() == Kind.PARAMETER && specification.shape().length > 1) {
                double gain = rectified.contains(name.substring(0, name.lastIndexOf('.'))) ? 2 : 1;
                double bound = Math.sqrt(3.0 * gain / specification.fanIn());
                for (int i = 0; i < values.length; i++) values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            } else if (name.endsWith(".weight") || name.endsWith(".running_var")) {
                Arrays.fill(values, 1);
            }
            tensors.add(new NamedTensor(name, specification.shape(), values));
        }
        return new Weights(tensors);
    }

    private static boolean isDeep(Network network) {
        return network.nodes().stream().filter(node -> hasWeights(node.layer())).count() > SHALLOW;
    }

    /** Returns the layers whose values reach a rectifier before the next weights; seen from the end, readers come first. */
    private static Set<String> beforeRectifier(Network network) {
        Set<String> rectified = new HashSet<>();
        for (Node node : network.nodes().reversed()) {
            if (isRectifier(node.layer()) || rectified.contains(node.name()) && !hasWeights(node.layer())) {
                rectified.addAll(node.inputs());
            }
        }
        return rectified;
    }

    private static boolean hasWeights(Layer layer) {
        return layer instanceof Layer.Convolution || layer instanceof Layer.Dense;
    }

    private static boolean isRectifier(Layer layer) {
        return layer instanceof Layer.Activation activation
                && switch (activation.function()) {
                    case RELU, RELU6, LEAKY_RELU, ELU, GELU, SILU -> true;
                    case SIGMOID, TANH, SOFTPLUS -> false;
                };
    }
}
