package io.fovea.onnx;

import static io.fovea.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl;
import io.fovea.network.Layer;
import java.util.List;

/**
 * Writes the nearest-neighbour classifier: a product for the distances, TopK for the neighbours, a product for the votes.
 *
 * <p>Names inside are short, as a small engine is little more than its weights.
 */
final class OnnxNearestNeighbours {

    /** What follows the layer's name in the name of its references. */
    static final String REFERENCES = ".references";
    /** What follows the layer's name in the name of its references' labels. */
    static final String LABELS = ".labels";
    /** What follows the layer's name in the name of its number of classes. */
    static final String CLASSES = "/classes";

    /**
     * What results are called.
     *
     * @param within     what names inside begin with
     * @param neighbours the positions [N, k] of the nearest references
     * @param labels     their labels [N, k]
     */
    record Names(String within, String neighbours, String labels) {

        /** Names of a layer whose neighbours are not shown. */
        static Names within(String layer) {
            return new Names(layer, layer + "/neighbours", layer + "/labels");
        }
    }

    private final OnnxGraph graph;
    private final String name;
    private final Layer.NearestNeighbours layer;
    private final String input;
    private final Names names;
    private final String nearest; // |r|² − 2·x·r [N, k] of the nearest references

    OnnxNearestNeighbours(OnnxGraph graph, String name, Layer.NearestNeighbours layer, String input, Names names) {
        this.graph = graph;
        this.name = name;
        this.layer = layer;
        this.input = input;
        this.names = names;
        this.nearest = inner("near");
    }

    /** Adds the nodes that give the layer's {@code output}. */
    void add(String output) {
        String references = name + REFERENCES;
        graph.sumOfSquares(references, inner("r2"), OnnxGraph.Summed.LEFT_OUT);
        // |r|² − 2·x·r orders references as the distance does
        OnnxMl.AttributeProto[] product = {attribute("alpha", -2.0), attribute("transB", 1)};
        graph.node("Gemm", "", List.of(input, references, inner("r2")), inner("all"), product);
        graph.initializer(inner("k"), layer.k());
        // operator set 17 puts the smaller index first among equal values
        graph.node(
                "TopK",
                "",
                List.of(inner("all"), inner("k")),
                List.of(nearest, names.neighbours()),
                attribute("largest", 0),
                attribute("sorted", 1));
        graph.node("Gather", "", List.of(name + LABELS, names.neighbours()), inner("of"));
        long integer = OnnxMl.TensorProto.DataType.INT64.getNumber();
        graph.node("Cast", "", List.of(inner("of")), names.labels(), attribute("to", integer));
        votes(output);
    }

    /**
     * Labels [N, k] become logarithms of shares of the votes [N, K]: Σ over ranks of w/total · (1 for the label, else 0, plus what makes
     * up the least vote).
     */
    private void votes(String output) {
        constants(graph, name, names.within(), layer);
        List<String> columns = List.of(names.labels(), name + CLASSES, inner("off-on"));
        graph.node("OneHot", "", columns, inner("hot"), attribute("axis", 1)); // [N, K, k]
        graph.node("MatMul", "", List.of(inner("hot"), inner("share")), inner("votes")); // [N, K]
        graph.node("Log", name, List.of(inner("votes")), output);
    }

    /** Adds the constants that the votes are counted by. */
    static void constants(OnnxGraph graph, String name, String within, Layer.NearestNeighbours layer) {
        double total = layer.totalVotes();
        float[] shares = layer.rankWeights();
        double sum = 0;
        for (int rank = 0; rank < shares.length; rank++) {
            sum += shares[rank];
            shares[rank] = (float) (shares[rank] / total);
        }
        double least = Layer.NearestNeighbours.LEAST_VOTE / sum;
        graph.initializer(name + CLASSES, layer.outputs());
        graph.initializer(within + "/off-on", new int[] {2}, (float) least, (float) (1 + least));
        graph.initializer(within + "/share", new int[] {shares.length}, shares);
    }

    /** Adds the squared distances [N, k] of the nearest references; where rounding makes |x|² + |r|² − 2·x·r negative, 0. */
    void addDistances(String output) {
        graph.sumOfSquares(input, inner("x2"), OnnxGraph.Summed.KEPT);
        graph.node("Add", "", List.of(nearest, inner("x2")), inner("sum"));
        graph.node("Relu", "", List.of(inner("sum")), output);
    }

    private String inner(String what) {
        return names.within() + "/" + what;
    }
}
