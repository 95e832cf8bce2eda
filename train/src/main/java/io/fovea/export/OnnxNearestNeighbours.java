package io.fovea.export;

import static io.fovea.export.OnnxGraph.attribute;
import static io.fovea.export.OnnxGraph.attributes;

import ai.onnx.proto.OnnxMl;
import io.fovea.network.Layer;
import java.util.List;

/** Writes the nearest-neighbour classifier: a product for the distances, TopK for the neighbours, a sum for the votes. */
final class OnnxNearestNeighbours {

    private OnnxNearestNeighbours() {}

    static void add(OnnxGraph graph, String name, Layer.NearestNeighbours layer, String input, String output) {
        String references = name + ".references";
        graph.node(
                "ReduceSumSquare",
                name + "/squares",
                List.of(references),
                name + "/square",
                attributes("axes", 1),
                attribute("keepdims", 0));
        // |r|² − 2·x·r orders references as the distance does
        OnnxMl.AttributeProto[] product = {attribute("alpha", -2.0), attribute("transB", 1)};
        graph.node(
                "Gemm", name + "/product", List.of(input, references, name + "/square"), name + "/distance", product);
        graph.initializer(name + "/k", layer.k());
        // operator set 17 puts the smaller index first among equal values
        graph.node(
                "TopK",
                name + "/nearest",
                List.of(name + "/distance", name + "/k"),
                List.of(name + "/nearest-distance", name + "/neighbour"),
                attribute("largest", 0),
                attribute("sorted", 1));
        graph.node("Gather", name + "/gather", List.of(name + ".labels", name + "/neighbour"), name + "/label");
        votes(graph, name, layer);
        graph.initializer(name + "/least", new int[0], (float) Layer.NearestNeighbours.LEAST_VOTE);
        graph.initializer(name + "/total", new int[0], (float) layer.totalVotes());
        graph.node("Add", name + "/add", List.of(name + "/vote", name + "/least"), name + "/counted");
        graph.node("Div", name + "/div", List.of(name + "/counted", name + "/total"), name + "/share");
        graph.node("Log", name, List.of(name + "/share"), output);
    }

    /** Labels [N, k] become weighted votes [N, K]. */
    private static void votes(OnnxGraph graph, String name, Layer.NearestNeighbours layer) {
        float[] classes = new float[layer.outputs()];
        for (int c = 0; c < classes.length; c++) classes[c] = c;
        graph.initializer(name + "/classes", new int[] {classes.length}, classes);
        graph.initializer(name + "/weights", new int[] {layer.k(), 1}, layer.rankWeights());
        graph.initializer(name + "/last", 2);
        graph.initializer(name + "/ranks", 1);
        graph.node("Unsqueeze", name + "/unsqueeze", List.of(name + "/label", name + "/last"), name + "/column");
        graph.node("Equal", name + "/equal", List.of(name + "/column", name + "/classes"), name + "/match");
        graph.node("Cast", name + "/cast", List.of(name + "/match"), name + "/one-hot", attribute("to", (long)
                OnnxMl.TensorProto.DataType.FLOAT.getNumber()));
        graph.node("Mul", name + "/mul", List.of(name + "/one-hot", name + "/weights"), name + "/weighted");
        graph.node(
                "ReduceSum",
                name + "/sum",
                List.of(name + "/weighted", name + "/ranks"),
                name + "/vote",
                attribute("keepdims", 0));
    }
}
