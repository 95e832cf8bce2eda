package io.fovea.quantize;

import io.fovea.network.LayerSummary;
import io.fovea.network.Node;
import java.util.Optional;

/**
 * A layer with what cuts off its results, computed as one.
 *
 * @param node  the layer
 * @param layer its shapes
 * @param clip  the ReLU or ReLU6 that alone reads it
 * @param kind  how it can be computed
 */
record Step(Node node, LayerSummary layer, Optional<Node> clip, Kind kind) {

    /** How a layer can be computed. */
    enum Kind {
        /** By the engine's own operator for whole numbers, with a scale for each of its inputs and its result. */
        WHOLE,
        /** On whole numbers as they are: it gives numbers that it reads. */
        PASSING,
        /** In floats only. */
        FLOAT
    }

    /** Returns the name of the layer whose result this step's is. */
    String result() {
        return clip.map(Node::name).orElse(node.name());
    }
}
