package io.fovea.network;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Layers in a graph, in an order in which each layer comes after all that it reads. The last node's output is the network's.
 *
 * <p>A network without weights is a plain value: comparable, printable, and complete as YAML.
 *
 * @param name  for people, for example {@code lenet}
 * @param input the picture's shape, [C, H, W]
 * @param nodes at least one
 * @param auxiliaries further outputs, of the same shape, that take part in training only; usually none
 */
public record Network(String name, Shape input, List<Node> nodes, List<AuxiliaryOutput> auxiliaries) {

    /** The name by which a layer reads the picture. */
    public static final String INPUT = "input";

    /** Copies; whether layers fit each other is checked by {@code Inference}. */
    public Network {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(input, "input");
        nodes = List.copyOf(nodes);
        auxiliaries = List.copyOf(auxiliaries);
        if (nodes.isEmpty()) throw new IllegalArgumentException("Network \"" + name + "\" has no layers");
        if (input.rank() != 3) throw new IllegalArgumentException("The input must be [C, H, W]: " + input);
    }

    /** Without auxiliary outputs. */
    public Network(String name, Shape input, List<Node> nodes) {
        this(name, input, nodes, List.of());
    }

    /** Returns the network as it predicts: without auxiliary outputs and without the layers that only they need. */
    public Network forPrediction() {
        if (auxiliaries.isEmpty()) return this;
        Set<String> needed = new HashSet<>(Set.of(nodes.getLast().name()));
        for (Node node : nodes.reversed()) {
            if (needed.contains(node.name())) needed.addAll(node.inputs());
        }
        return new Network(
                name,
                input,
                nodes.stream().filter(node -> needed.contains(node.name())).toList());
    }

    /**
     * Returns the layer that turns what the network knows of a picture into its answer: the last convolution or dense layer of the network
     * as it predicts. Empty if it has neither.
     */
    public Optional<Node> head() {
        return forPrediction().nodes().reversed().stream()
                .filter(node -> node.layer() instanceof Layer.Dense || node.layer() instanceof Layer.Convolution)
                .findFirst();
    }
}
