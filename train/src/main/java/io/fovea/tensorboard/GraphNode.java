package io.fovea.tensorboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A box of the graph's page.
 *
 * @param name        unique in its graph; dots and slashes make groups that open and close
 * @param operation   what it does, such as {@code convolution}; boxes of one operation have one colour
 * @param inputs      names of the nodes that it reads
 * @param outputShape of what it gives, written on the arrow to its readers; −1 for an open size
 * @param attributes  shown when the box is chosen
 */
public record GraphNode(
        String name, String operation, List<String> inputs, List<Long> outputShape, Map<String, String> attributes) {

    /** Copies what could change. */
    public GraphNode {
        if (name.isBlank()) throw new IllegalArgumentException("A node's name must not be blank");
        inputs = List.copyOf(inputs);
        outputShape = List.copyOf(outputShape);
        attributes = new LinkedHashMap<>(attributes);
    }
}
