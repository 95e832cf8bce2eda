package io.fovea.module;

import io.fovea.network.Network;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The weights that training begins with.
 *
 * <p>Weights of convolution and dense layers are uniform in ±√(3 / fanIn), which keeps the variance of a layer's outputs
 * at that of its inputs; biases are 0. Batch norms begin as identity: weight 1, bias 0, mean 0, variance 1.
 *
 * <p>Source: Glorot and Bengio 2010, in the form that counts only the inputs, as Caffe's filler "xavier" does and DIGITS' LeNet asks for.
 */
public final class Initialization {

    private Initialization() {}

    /** Draws weights for a network, tensor after tensor in graph order. */
    public static Weights of(Network network, RandomGenerator random) {
        List<NamedTensor> tensors = new ArrayList<>();
        for (ParameterSpecification specification : Parameters.of(network)) {
            float[] values = new float[Math.toIntExact(specification.count())];
            String name = specification.name();
            if (specification.shape().length > 1) {
                double bound = Math.sqrt(3.0 / specification.fanIn());
                for (int i = 0; i < values.length; i++) values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            } else if (name.endsWith(".weight") || name.endsWith(".running_var")) {
                Arrays.fill(values, 1);
            }
            tensors.add(new NamedTensor(name, specification.shape(), values));
        }
        return new Weights(tensors);
    }
}
