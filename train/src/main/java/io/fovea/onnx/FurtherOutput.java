package io.fovea.onnx;

import java.util.function.UnaryOperator;

/** A result that a file gives beside those of its network, made from what layers give. */
public interface FurtherOutput {

    /**
     * Adds the nodes that compute it, and declares it as an output.
     *
     * @param values returns what the result of a layer, or of the input, is called in the graph
     */
    void addTo(OnnxGraph graph, UnaryOperator<String> values);
}
