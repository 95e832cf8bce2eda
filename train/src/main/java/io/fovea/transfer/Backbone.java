package io.fovea.transfer;

import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A pretrained network without its head: everything before the last layer that has weights. Its output is what the network knows of a
 * picture, whatever classes it was trained for.
 *
 * <p>Where the head is a dense layer, the features are its inputs [D]. Where it is a convolution that ends in a mean over each map, as in
 * SqueezeNet, the features are the means of its input maps.
 *
 * @param network from pictures [C, H, W] to features [D]
 * @param weights of its layers
 * @param head    the name of the layer that was taken off; a new head takes the name over
 */
public record Backbone(Network network, Weights weights, String head) {

    /** What a backbone hands to the head. */
    public enum Output {
        /** One number per channel, wherever in the picture: enough to tell what is there. */
        FEATURES,
        /** The last maps with all their places: needed to tell where something is. */
        MAPS
    }

    /**
     * Takes the head off a network.
     *
     * @throws Problem if fewer than two layers have weights, or maps are asked for and the network has none before its head
     */
    public static Backbone of(Network pretrained, Weights weights, Output output) {
        int head = headIndex(pretrained);
        String features = pretrained.nodes().get(head).inputs().getFirst();
        String last =
                switch (output) {
                    case FEATURES -> features;
                    case MAPS -> lastMaps(pretrained, features);
                };
        List<Node> nodes = new ArrayList<>(ancestors(pretrained, last));
        Shape shape = Inference.of(new Network(pretrained.name(), pretrained.input(), nodes))
                .output();
        if (shape.rank() == 3) {
            if (output == Output.FEATURES && shape.size(1) * shape.size(2) > 1) {
                nodes.add(new Node("features.pool", new Layer.GlobalAveragePooling(), List.of(last)));
                last = "features.pool";
            }
            nodes.add(new Node("features.flatten", new Layer.Flatten(), List.of(last)));
        }
        Network network = new Network(pretrained.name(), pretrained.input(), nodes);
        return new Backbone(
                network, only(network, weights), pretrained.nodes().get(head).name());
    }

    /** Returns D. */
    public int features() {
        return Math.toIntExact(Inference.of(network).output().count());
    }

    /** Returns the backbone with a new dense head of K outputs; its weights are still missing. */
    public Network withDenseHead(int outputs) {
        return withHead(List.of(new Node(head, new Layer.Dense(outputs, Bias.WITH), List.of(last()))));
    }

    /** Returns backbone and head as one network; the head's first layer reads {@link #last}. */
    public Network withHead(List<Node> layers) {
        List<Node> nodes = new ArrayList<>(network.nodes());
        nodes.addAll(layers);
        return new Network(network.name(), network.input(), nodes);
    }

    /** Returns the weights of backbone and head together. */
    public Weights withHeadWeights(List<NamedTensor> tensors) {
        List<NamedTensor> all = new ArrayList<>(weights.tensors());
        all.addAll(tensors);
        return new Weights(all);
    }

    /** Returns the name of the layer that gives the features. */
    public String last() {
        return network.nodes().getLast().name();
    }

    private static int headIndex(Network network) {
        int found = -1;
        int weighted = 0;
        for (int i = 0; i < network.nodes().size(); i++) {
            switch (network.nodes().get(i).layer()) {
                case Layer.Dense _, Layer.Convolution _ -> {
                    found = i;
                    weighted++;
                }
                default -> {}
            }
        }
        if (weighted > 1) return found;
        throw new Problem(
                "The network has no layers to keep: a backbone needs at least one convolution or dense layer before"
                        + " the last.",
                "network \"" + network.name() + "\"",
                "transfer from a deeper network, such as resnet18");
    }

    /** Goes back from the head's input over layers that only pool, flatten or drop. */
    private static String lastMaps(Network network, String features) {
        String name = features;
        while (true) {
            String current = name;
            Node node = network.nodes().stream()
                    .filter(candidate -> candidate.name().equals(current))
                    .findFirst()
                    .orElseThrow(() -> new Problem(
                            "The network has no maps between its picture and its head.",
                            "network \"" + network.name() + "\"",
                            "take a convolutional network, such as resnet18"));
            switch (node.layer()) {
                case Layer.GlobalAveragePooling _,
                        Layer.GlobalMaxPooling _,
                        Layer.AdaptiveAveragePooling _,
                        Layer.Flatten _,
                        Layer.Dropout _,
                        Layer.Dense _ -> name = node.inputs().getFirst();
                default -> {
                    boolean activationOfDense = node.layer() instanceof Layer.Activation
                            && isDense(network, node.inputs().getFirst());
                    if (!activationOfDense) return name;
                    name = node.inputs().getFirst();
                }
            }
        }
    }

    private static boolean isDense(Network network, String name) {
        return network.nodes().stream()
                .anyMatch(node -> node.name().equals(name) && node.layer() instanceof Layer.Dense);
    }

    /** Returns the layers that the named one needs, in their order, itself last. */
    private static List<Node> ancestors(Network network, String last) {
        Set<String> needed = new HashSet<>(Set.of(last));
        List<Node> kept = new ArrayList<>();
        for (Node node : network.nodes().reversed()) {
            if (!needed.contains(node.name())) continue;
            needed.addAll(node.inputs());
            kept.addFirst(node);
        }
        return kept;
    }

    private static Weights only(Network network, Weights weights) {
        List<NamedTensor> kept = new ArrayList<>();
        for (ParameterSpecification parameter : Parameters.of(network)) {
            kept.add(weights.tensor(parameter.name())
                    .orElseThrow(() -> new Problem(
                            "The weights hold no tensor \"" + parameter.name() + "\".",
                            "network \"" + network.name() + "\"",
                            "use weights that were imported for this network")));
        }
        return new Weights(kept);
    }
}
