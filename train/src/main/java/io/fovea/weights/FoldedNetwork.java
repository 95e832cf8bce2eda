package io.fovea.weights;

import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as it predicts, with each batch norm that alone reads a convolution or dense layer put into that layer's weights. Other batch norms,
 * as those before a convolution, stay. The computation is the same but for rounding.
 *
 * <p>Formula: with g = weight / √(running_var + ε), weights become g·w, the bias g·(b − running_mean) + bias, for each output.
 * <p>Source: Jacob et al. 2018, arXiv:1712.05877, section 3.2.
 *
 * @param network without what was folded
 * @param weights of that network
 */
public record FoldedNetwork(Network network, Weights weights) {

    /** Returns a network with its batch norms folded; {@link NetworkWeights#check} finds what is missing for it. */
    public static FoldedNetwork of(Network trained, Weights weights) {
        Network network = trained.forPrediction();
        Map<String, Node> byName = new HashMap<>();
        Map<String, Integer> readers = new HashMap<>();
        for (Node node : network.nodes()) {
            byName.put(node.name(), node);
            node.inputs().forEach(read -> readers.merge(read, 1, Integer::sum));
        }
        Map<String, NamedTensor> tensors = new LinkedHashMap<>();
        weights.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        Map<String, Node> kept = new LinkedHashMap<>();
        Map<String, String> takenBy = new HashMap<>(); // a norm that is gone → the layer that gives its result
        for (Node node : network.nodes()) {
            String read = node.inputs().getFirst();
            if (node.layer() instanceof Layer.BatchNorm norm
                    && readers.get(read) == 1
                    && byName.containsKey(read)
                    && isWeighted(byName.get(read).layer())) {
                Node before = kept.get(read);
                kept.put(read, new Node(read, withBias(before.layer()), before.inputs()));
                fold(tensors, read, node.name(), norm.epsilon());
                takenBy.put(node.name(), read);
            } else {
                List<String> inputs = node.inputs().stream()
                        .map(name -> takenBy.getOrDefault(name, name))
                        .toList();
                kept.put(node.name(), new Node(node.name(), node.layer(), inputs));
            }
        }
        Network folded = new Network(network.name(), network.input(), new ArrayList<>(kept.values()));
        return new FoldedNetwork(folded, new Weights(tensors.values()));
    }

    private static boolean isWeighted(Layer layer) {
        return layer instanceof Layer.Convolution || layer instanceof Layer.Dense;
    }

    private static Layer withBias(Layer layer) {
        return switch (layer) {
            case Layer.Dense dense -> new Layer.Dense(dense.outputs(), Layer.Bias.WITH);
            case Layer.Convolution convolution ->
                new Layer.Convolution(
                        convolution.outputChannels(),
                        convolution.kernelHeight(),
                        convolution.kernelWidth(),
                        convolution.stride(),
                        convolution.padding(),
                        convolution.dilation(),
                        convolution.groups(),
                        Layer.Bias.WITH);
            default -> throw new IllegalArgumentException("no weights: " + layer);
        };
    }

    private static void fold(Map<String, NamedTensor> tensors, String layer, String norm, double epsilon) {
        float[] scale = tensors.remove(norm + ".weight").values();
        float[] shift = tensors.remove(norm + ".bias").values();
        float[] mean = tensors.remove(norm + ".running_mean").values();
        float[] variance = tensors.remove(norm + ".running_var").values();
        NamedTensor weight = tensors.get(layer + ".weight");
        NamedTensor bias = tensors.get(layer + ".bias");
        float[] values = weight.values().clone();
        float[] shifts = new float[scale.length];
        int each = values.length / scale.length;
        for (int o = 0; o < scale.length; o++) {
            double g = scale[o] / Math.sqrt(variance[o] + epsilon);
            for (int i = o * each; i < (o + 1) * each; i++) values[i] = (float) (g * values[i]);
            double before = bias == null ? 0 : bias.values()[o];
            shifts[o] = (float) (g * (before - mean[o]) + shift[o]);
        }
        tensors.put(layer + ".weight", new NamedTensor(layer + ".weight", weight.shape(), values));
        tensors.put(layer + ".bias", new NamedTensor(layer + ".bias", new int[] {scale.length}, shifts));
    }
}
