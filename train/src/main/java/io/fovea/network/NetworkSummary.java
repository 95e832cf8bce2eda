package io.fovea.network;

import java.util.List;
import java.util.Objects;

/**
 * A network that fits together, with its shapes and costs.
 *
 * @param name       the network's name
 * @param input      the picture's shape
 * @param layers     in the order of the network's nodes
 * @param parameters trained numbers of all layers
 * @param macs       multiply-accumulates for one picture
 * @param output     the last layer's shape
 */
public record NetworkSummary(
        String name, Shape input, List<LayerSummary> layers, long parameters, long macs, Shape output) {

    /** Checks and copies. */
    public NetworkSummary {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(input, "input");
        layers = List.copyOf(layers);
        Objects.requireNonNull(output, "output");
    }

    /** Returns the summary of the layer of that name, which must be there. */
    public LayerSummary layer(String name) {
        return layers.stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No layer \"" + name + "\" in \"" + this.name + "\""));
    }
}
