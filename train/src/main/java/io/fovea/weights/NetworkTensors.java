package io.fovea.weights;

import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.network.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What fitting needs to know of a network: its tensors, who reads whom, and what serves training only. */
final class NetworkTensors {

    private final Network network;
    private final Map<String, int[]> shapes = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, LayerSummary> summaries = new HashMap<>();

    NetworkTensors(Network network) {
        this.network = network;
        for (ParameterSpecification specification : Parameters.of(network)) {
            shapes.put(specification.name(), specification.shape());
        }
        for (Node node : network.nodes()) nodes.put(node.name(), node);
        for (LayerSummary layer : Inference.of(network).layers()) summaries.put(layer.name(), layer);
    }

    Network network() {
        return network;
    }

    /** Returns the shapes by name, in the order of the layers. */
    Map<String, int[]> shapes() {
        return shapes;
    }

    /** Returns the layers that hold tensors, in order. */
    List<Node> layers() {
        return network.nodes().stream()
                .filter(node -> shapes.containsKey(node.name() + ".weight"))
                .toList();
    }

    /** Returns the last layer with weights before the network's output. */
    Node output() {
        return withWeights(network.nodes().getLast()).orElseThrow();
    }

    /** Returns the layers with weights whose outputs have K values: the last one, and those of the auxiliary outputs. */
    Set<String> outputs() {
        Set<String> names = new HashSet<>();
        names.add(output().name());
        network.auxiliaries().stream()
                .map(auxiliary -> withWeights(nodes.get(auxiliary.node())))
                .flatMap(Optional::stream)
                .forEach(node -> names.add(node.name()));
        return names;
    }

    private Optional<Node> withWeights(Node last) {
        Node node = last;
        while (!shapes.containsKey(node.name() + ".weight")) {
            node = nodes.get(node.inputs().getFirst());
            if (node == null) return Optional.empty();
        }
        return Optional.of(node);
    }

    /** Returns the names of all layers on the way from the picture to the network's output. */
    Set<String> used() {
        return before(network.nodes().getLast().name());
    }

    /** Returns the layer's name and the names of all that it depends on. */
    Set<String> before(String name) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            Node node = nodes.get(open.pop());
            if (node != null && seen.add(node.name())) open.addAll(node.inputs());
        }
        return seen;
    }

    /** Returns the batch norm that reads this layer, if one does. */
    Optional<Node> normAfter(Node node) {
        return network.nodes().stream()
                .filter(reader -> reader.layer() instanceof Layer.BatchNorm
                        && reader.inputs().contains(node.name()))
                .findFirst();
    }

    /** Returns the maps [C, H, W] that a dense layer reads as one row, if it does and there is more than one pixel. */
    Optional<Shape> flattened(Node dense) {
        for (Node node = nodes.get(dense.inputs().getFirst());
                node != null;
                node = nodes.get(node.inputs().getFirst())) {
            switch (node.layer()) {
                case Layer.Flatten _ -> {
                    Shape shape = summaries.get(node.name()).inputs().getFirst();
                    return shape.rank() == 3 && shape.size(1) * shape.size(2) > 1
                            ? Optional.of(shape)
                            : Optional.empty();
                }
                case Layer.Activation _, Layer.Dropout _, Layer.Scale _ -> {}
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the first convolution that reads the picture, if one does. */
    Optional<Node> firstConvolution() {
        return network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Convolution)
                .findFirst();
    }
}
