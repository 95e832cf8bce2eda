package io.fovea.weights;

import io.fovea.network.Network;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pretrained weights in a network that begins with the same layers under the same names, such as {@code fcn-resnet18} with those of
 * {@code resnet18}. What the pretrained network lacks, the head, keeps the weights that were drawn.
 *
 * @param weights of the whole network
 * @param taken   layers whose tensors all came from the pretrained weights, in the network's order
 * @param drawn   layers that kept theirs, in the network's order
 */
public record BackboneWeights(Weights weights, List<String> taken, List<String> drawn) {

    /** Copies. */
    public BackboneWeights {
        taken = List.copyOf(taken);
        drawn = List.copyOf(drawn);
    }

    /**
     * Puts pretrained weights in the place of drawn ones, layer by layer, where all tensors of a layer agree in name and shape.
     *
     * @param name       of the pretrained weights, for messages
     * @param drawn      all tensors of the network
     * @throws Problem if the first layer with weights does not fit, so that what follows could make nothing of it
     */
    public static BackboneWeights into(Network network, Weights drawn, String name, Weights pretrained) {
        Map<String, List<ParameterSpecification>> layers = new LinkedHashMap<>();
        for (ParameterSpecification parameter : Parameters.of(network)) {
            String layer = parameter.name().substring(0, parameter.name().lastIndexOf('.'));
            layers.computeIfAbsent(layer, _ -> new ArrayList<>()).add(parameter);
        }
        List<NamedTensor> tensors = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        layers.forEach((layer, parameters) -> {
            boolean fits = parameters.stream().allMatch(parameter -> fits(parameter, pretrained));
            if (taken.isEmpty() && !fits) throw stranger(network, layer, parameters, name, pretrained);
            (fits ? taken : kept).add(layer);
            Weights source = fits ? pretrained : drawn;
            for (ParameterSpecification parameter : parameters) {
                tensors.add(source.tensor(parameter.name())
                        .orElseThrow(() -> new IllegalArgumentException("No tensor \"" + parameter.name() + "\"")));
            }
        });
        return new BackboneWeights(new Weights(tensors), taken, kept);
    }

    private static boolean fits(ParameterSpecification parameter, Weights pretrained) {
        return pretrained
                .tensor(parameter.name())
                .filter(tensor -> Arrays.equals(tensor.shape(), parameter.shape()))
                .isPresent();
    }

    private static Problem stranger(
            Network network, String layer, List<ParameterSpecification> parameters, String name, Weights pretrained) {
        String where = "network \"" + network.name() + "\", layer \"" + layer + "\", weights \"" + name + "\"";
        for (ParameterSpecification parameter : parameters) {
            NamedTensor found = pretrained.tensor(parameter.name()).orElse(null);
            if (found == null) continue;
            int[] expected = parameter.shape();
            boolean otherChannels = expected.length == 4
                    && found.shape().length == 4
                    && expected[1] != found.shape()[1]
                    && expected[0] == found.shape()[0];
            return new Problem(
                    "\"" + parameter.name() + "\" should have the shape " + Arrays.toString(expected) + " but has "
                            + Arrays.toString(found.shape()) + " in the pretrained weights.",
                    where,
                    otherChannels
                            ? "use pictures of " + found.shape()[1] + " channels, as the weights were trained with"
                            : "take the network that these weights were trained for");
        }
        return new Problem(
                "The pretrained weights have no layer \"" + layer + "\", with which the network begins.",
                where,
                "take a network that is made for these weights, such as fcn-resnet18 for those of resnet18");
    }
}
