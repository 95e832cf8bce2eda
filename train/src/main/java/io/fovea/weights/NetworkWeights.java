package io.fovea.weights;

import io.fovea.network.Network;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.problem.Problem;
import java.util.Arrays;

/** Whether weights are those of a network. */
public final class NetworkWeights {

    private NetworkWeights() {}

    /**
     * Checks that weights hold every tensor that a network needs, by its name and in its shape; they may hold more.
     *
     * @throws Problem that names the tensor that is missing or has another shape
     */
    public static void check(Network network, Weights weights) {
        for (ParameterSpecification parameter : Parameters.of(network)) {
            NamedTensor tensor = weights.tensor(parameter.name())
                    .orElseThrow(() -> problem(network, "The weights hold no tensor \"" + parameter.name() + "\"."));
            if (!Arrays.equals(tensor.shape(), parameter.shape())) {
                throw problem(
                        network,
                        "Tensor \"" + parameter.name() + "\" should have the shape "
                                + Arrays.toString(parameter.shape()) + " but has " + Arrays.toString(tensor.shape())
                                + ".");
            }
        }
    }

    private static Problem problem(Network network, String what) {
        return new Problem(
                what, "network \"" + network.name() + "\"", "use weights that were trained with this network");
    }
}
