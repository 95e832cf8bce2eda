package io.fovea.quantize;

import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.onnx.NetworkOutputs;
import io.fovea.onnx.OnnxGraph;
import io.fovea.onnx.OnnxLayers;
import io.fovea.onnx.OnnxWriter;
import io.fovea.onnx.OperatorSet;
import io.fovea.task.ModelOutput;
import io.fovea.weights.FoldedNetwork;
import io.fovea.weights.NamedTensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folded network, or some of its layers, in floats, with results between layers as outputs. */
final class FloatGraph {

    private final FoldedNetwork folded;
    private final OnnxGraph graph;
    private final OnnxLayers layers;
    private final Map<String, String> values = new HashMap<>();

    /** @param read the result that is the input, or {@link Network#INPUT} */
    FloatGraph(FoldedNetwork folded, String read, Shape shape) {
        this.folded = folded;
        this.graph = new OnnxGraph(folded.network().name(), OperatorSet.USUAL, OnnxGraph.Notes.NONE);
        this.layers = new OnnxLayers(graph);
        graph.input(OnnxWriter.INPUT, shape);
        values.put(read, OnnxWriter.INPUT);
    }

    /** Returns the whole network, with these results as outputs. */
    static byte[] whole(FoldedNetwork folded, Steps steps, Collection<String> results) {
        FloatGraph graph =
                new FloatGraph(folded, Network.INPUT, folded.network().input());
        steps.all().forEach(graph::add);
        return graph.build(steps, results);
    }

    /** Adds a step's layers. */
    void add(Step step) {
        Node node = step.node();
        for (String tensor : List.of(".weight", ".bias", ".running_mean", ".running_var")) {
            Optional<NamedTensor> found = folded.weights().tensor(node.name() + tensor);
            found.ifPresent(each -> graph.initializer(each.name(), each.shape(), each.values()));
        }
        layers.add(step.layer(), node.inputs().stream().map(values::get).toList(), name(node.name()));
        values.put(node.name(), name(node.name()));
        step.clip().ifPresent(clip -> {
            layers.add(clipping(step), List.of(name(node.name())), name(clip.name()));
            values.put(clip.name(), name(clip.name()));
        });
    }

    /** Returns what an output is called that a result becomes. */
    static String name(String result) {
        return OnnxGraph.value(result);
    }

    /** Returns the layer that cuts off a step's results. */
    static LayerSummary clipping(Step step) {
        Shape shape = step.layer().output();
        Layer layer = step.clip().orElseThrow().layer();
        return new LayerSummary(step.result(), layer, List.of(shape), shape, 0, 0);
    }

    /** Returns the file. */
    byte[] build(Steps steps, Collection<String> results) {
        for (String result : results) {
            List<Integer> sizes = NetworkOutputs.sizes(steps.shape(result));
            graph.output(new ModelOutput(name(result), ModelOutput.Type.FLOAT32, sizes, ""));
        }
        return OnnxWriter.model(graph, OperatorSet.USUAL).build().toByteArray();
    }
}
