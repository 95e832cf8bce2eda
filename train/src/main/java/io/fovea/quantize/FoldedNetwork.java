package io.fovea.quantize;

import io.fovea.network.ActivationFunction;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network that predicts, with every batch norm that alone reads a convolution or a dense layer put into that layer's weights.
 *
 * <p>Formula: with g = weight / √(running_var + ε), the layer's weights become g·w for each output, its bias g·(b − running_mean) + bias.
 * Other batch norms, as those before a convolution, stay. The computation is the same but for rounding.
 *
 * <p>Source: Jacob et al. 2018, arXiv:1712.05877, section 3.2.
 *
 * @param network without what was folded, without dropout and softmax
 * @param weights of that network
 */
record FoldedNetwork(Network network, Weights weights) {

    /** Returns a network with its batch norms folded. */
    static FoldedNetwork of(Network trained, Weights weights) {
        Network network = trained.forPrediction();
        Map<String, NamedTensor> tensors = new LinkedHashMap<>();
        for (NamedTensor tensor : weights.tensors()) tensors.put(tensor.name(), tensor);
        Map<String, Node> folded = new HashMap<>(); // convolution → its norm
        Map<String, String> instead = new HashMap<>(); // what readers of a node that is gone read
        for (Node node : network.nodes()) {
            Optional<Node> before = only(network, node);
            if (node.layer() instanceof Layer.BatchNorm && before.isPresent()) {
                folded.put(before.get().name(), node);
                instead.put(node.name(), before.get().name());
            }
            if (node.layer() instanceof Layer.Dropout || node.layer() instanceof Layer.Softmax)
                instead.put(node.name(), node.inputs().getFirst());
        }
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes()) {
            if (instead.containsKey(node.name())) continue;
            Layer layer = node.layer();
            if (folded.containsKey(node.name())) {
                fold(node.name(), folded.get(node.name()), tensors);
                layer = biased(layer);
            }
            List<String> inputs =
                    node.inputs().stream().map(input -> read(instead, input)).toList();
            nodes.add(new Node(node.name(), layer, inputs));
        }
        Network less = new Network(network.name(), network.input(), clippedFirst(nodes));
        return new FoldedNetwork(less, new Weights(tensors.values()));
    }

    /** Whether a layer gives some of the numbers that it reads, and zeros at most, so that it does the same to whole numbers. */
    static boolean passes(Layer layer) {
        return switch (layer) {
            case Layer.MaxPooling _, Layer.Flatten _, Layer.IdentityShortcut _ -> true;
            case Layer.Upsample upsample -> upsample.interpolation() == Layer.Interpolation.NEAREST;
            default -> false;
        };
    }

    /** Whether a layer only cuts off what whole numbers of a range do not reach. */
    static boolean clips(Layer layer) {
        return layer instanceof Layer.Activation activation
                && (activation.function() == ActivationFunction.RELU
                        || activation.function() == ActivationFunction.RELU6);
    }

    /** Cutting off and picking numbers may change places: the former goes first, where it costs nothing. */
    private static List<Node> clippedFirst(List<Node> nodes) {
        List<Node> ordered = new ArrayList<>(nodes);
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int i = 0; i < ordered.size() && !changed; i++) {
                Node clip = ordered.get(i);
                if (!clips(clip.layer())) continue;
                String read = clip.inputs().getFirst();
                int at = indexOf(ordered, read);
                if (at < 0 || !passes(ordered.get(at).layer()) || readers(ordered, read) != 1) continue;
                Node passing = ordered.get(at);
                ordered.remove(i);
                ordered.replaceAll(node -> node.inputs().contains(clip.name())
                        ? new Node(node.name(), node.layer(), replaced(node.inputs(), clip.name(), read))
                        : node);
                ordered.set(at, new Node(clip.name(), clip.layer(), passing.inputs()));
                ordered.add(at + 1, new Node(passing.name(), passing.layer(), List.of(clip.name())));
                changed = true;
            }
        }
        return ordered;
    }

    private static List<String> replaced(List<String> names, String name, String other) {
        return names.stream().map(each -> each.equals(name) ? other : each).toList();
    }

    private static int indexOf(List<Node> nodes, String name) {
        for (int i = 0; i < nodes.size(); i++) if (nodes.get(i).name().equals(name)) return i;
        return -1;
    }

    private static long readers(List<Node> nodes, String name) {
        return nodes.stream().filter(node -> node.inputs().contains(name)).count();
    }

    private static String read(Map<String, String> instead, String name) {
        String read = name;
        while (instead.containsKey(read)) read = instead.get(read);
        return read;
    }

    /** Returns the convolution or dense layer that a node reads and no other node does. */
    private static Optional<Node> only(Network network, Node reader) {
        String name = reader.inputs().getFirst();
        long readers = network.nodes().stream()
                .filter(node -> node.inputs().contains(name))
                .count();
        return network.nodes().stream()
                .filter(node -> node.name().equals(name) && readers == 1)
                .filter(node -> node.layer() instanceof Layer.Convolution || node.layer() instanceof Layer.Dense)
                .findFirst();
    }

    private static Layer biased(Layer layer) {
        return switch (layer) {
            case Layer.Convolution c ->
                new Layer.Convolution(
                        c.outputChannels(),
                        c.kernelHeight(),
                        c.kernelWidth(),
                        c.stride(),
                        c.padding(),
                        c.dilation(),
                        c.groups(),
                        Layer.Bias.WITH);
            case Layer.Dense dense -> new Layer.Dense(dense.outputs(), Layer.Bias.WITH);
            default -> throw new IllegalArgumentException("No weights to fold into: " + layer);
        };
    }

    private static void fold(String name, Node node, Map<String, NamedTensor> tensors) {
        Layer.BatchNorm norm = (Layer.BatchNorm) node.layer();
        NamedTensor weight = tensors.get(name + ".weight");
        float[] factors = tensors.get(node.name() + ".weight").values();
        float[] shifts = tensors.get(node.name() + ".bias").values();
        float[] means = tensors.get(node.name() + ".running_mean").values();
        float[] variances = tensors.get(node.name() + ".running_var").values();
        int outputs = factors.length;
        float[] before = tensors.containsKey(name + ".bias")
                ? tensors.get(name + ".bias").values()
                : new float[outputs];
        float[] values = weight.values().clone();
        float[] bias = new float[outputs];
        int each = values.length / outputs;
        for (int o = 0; o < outputs; o++) {
            double g = factors[o] / Math.sqrt(variances[o] + norm.epsilon());
            for (int i = 0; i < each; i++) values[o * each + i] = (float) (values[o * each + i] * g);
            bias[o] = (float) ((before[o] - means[o]) * g + shifts[o]);
        }
        tensors.put(name + ".weight", new NamedTensor(name + ".weight", weight.shape(), values));
        tensors.put(name + ".bias", new NamedTensor(name + ".bias", new int[] {outputs}, bias));
        for (String gone : List.of("weight", "bias", "running_mean", "running_var"))
            tensors.remove(node.name() + "." + gone);
    }
}
