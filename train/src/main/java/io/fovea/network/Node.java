package io.fovea.network;

import java.util.List;
import java.util.Objects;

/**
 * A named layer in a network's graph.
 *
 * @param name   unique within the network; also the prefix of its parameters' names, for example {@code layer1.0.conv1}
 * @param layer  what it computes
 * @param inputs the names of the nodes it reads; {@link Network#INPUT} is the picture
 */
public record Node(String name, Layer layer, List<String> inputs) {

    /** Checks and copies. */
    public Node {
        if (Objects.requireNonNull(name, "name").isBlank()) throw new IllegalArgumentException("A layer needs a name");
        Objects.requireNonNull(layer, "layer");
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) throw new IllegalArgumentException("Layer \"" + name + "\" reads nothing");
    }
}
