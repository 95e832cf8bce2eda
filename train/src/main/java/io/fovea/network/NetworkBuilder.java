package io.fovea.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines layers up into a network and names those that were given no name: the second convolution is {@code conv2}.
 *
 * <p>Not thread-safe; for one network.
 */
public final class NetworkBuilder {

    private final String name;
    private final Shape input;
    private final List<Node> nodes = new ArrayList<>();
    private final List<AuxiliaryOutput> auxiliaries = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** Begins an empty network for pictures of shape [C, H, W]. */
    public NetworkBuilder(String name, Shape input) {
        this.name = name;
        this.input = input;
    }

    /** Adds a layer that reads the one before it. */
    public NetworkBuilder then(Layer layer) {
        return add(automaticName(layer), layer, List.of(last()));
    }

    /** Adds a named layer that reads the one before it. */
    public NetworkBuilder then(String layerName, Layer layer) {
        return then(layerName, layer, List.of(last()));
    }

    /** Adds a named layer that reads the layers named. */
    public NetworkBuilder then(String layerName, Layer layer, List<String> inputs) {
        automaticName(layer);
        return add(layerName, layer, inputs);
    }

    /** Makes a layer an auxiliary output, whose loss counts {@code lossWeight} times in training. */
    public NetworkBuilder auxiliary(String layerName, double lossWeight) {
        auxiliaries.add(new AuxiliaryOutput(layerName, lossWeight));
        return this;
    }

    /** Returns the network; its layers may still not fit each other, which {@link Inference} says. */
    public Network network() {
        return new Network(name, input, nodes, auxiliaries);
    }

    /** Returns the name that {@link #then(Layer)} would give the layer. */
    String nextName(Layer layer) {
        String prefix = LayerKind.of(layer).prefix();
        return prefix + (counts.getOrDefault(prefix, 0) + 1);
    }

    /** Returns the name of the layer added last, or of the picture. */
    String last() {
        return nodes.isEmpty() ? Network.INPUT : nodes.getLast().name();
    }

    /** Counts a layer and returns the name it gets where none is given: its prefix and its place among layers of that prefix. */
    private String automaticName(Layer layer) {
        String prefix = LayerKind.of(layer).prefix();
        return prefix + counts.merge(prefix, 1, Integer::sum);
    }

    private NetworkBuilder add(String layerName, Layer layer, List<String> inputs) {
        nodes.add(new Node(layerName, layer, inputs));
        return this;
    }
}
