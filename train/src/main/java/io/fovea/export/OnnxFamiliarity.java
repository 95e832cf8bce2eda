package io.fovea.export;

import static io.fovea.onnx.OnnxGraph.attribute;
import static io.fovea.onnx.OnnxGraph.attributes;

import ai.onnx.proto.OnnxMl;
import io.fovea.onnx.OnnxGraph;
import io.fovea.onnx.OnnxInitializers;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes how unfamiliar a picture is: at each {@link FamiliarityPart} the square of its {@link FamiliarityDistance}, of which the largest counts.
 *
 * <p>A small network spends a microsecond on each node, so there are few. Names inside are a letter after the part's number, as in a small
 * engine they count.
 */
final class OnnxFamiliarity {

    private final OnnxGraph graph;

    OnnxFamiliarity(OnnxGraph graph) {
        this.graph = graph;
    }

    /**
     * Adds the nodes that give {@code output} [N, 1].
     *
     * @param sources   the results of the parts' nodes
     * @param distances one for each part
     */
    void add(List<FamiliarityPart> parts, List<String> sources, List<FamiliarityDistance> distances, String output) {
        List<String> squares = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String vector = sources.get(i);
            if (!(parts.get(i).form() instanceof FamiliarityPart.Vector)) {
                vector = inner(i, "x");
                vector(parts.get(i), i, sources.get(i), vector);
            }
            String square = parts.size() == 1 ? output : inner(i, "d");
            switch (distances.get(i)) {
                case FeatureDistance distance -> squared(i, vector, distance, square);
                case StatisticsDistance distance -> squared(i, vector, distance, square);
            }
            squares.add(square);
        }
        if (squares.size() > 1) graph.node("Max", "", squares, output);
    }

    /** Adds the nodes that turn a part's result into its vector [N, D]. */
    void vector(FamiliarityPart part, int number, String source, String output) {
        switch (part.form()) {
            case FamiliarityPart.Vector _ -> graph.node("Identity", "", List.of(source), output);
            case FamiliarityPart.Maps _ -> {
                graph.meanOfMaps(source, inner(number, "a")); // [N, C]
                graph.meanOfMaps(node("Mul", number, "b", source, source), inner(number, "c"));
                String roots = node("Sqrt", number, "e", inner(number, "c"));
                graph.node("Concat", "", List.of(inner(number, "a"), roots), output, attribute("axis", 1));
            }
            case FamiliarityPart.Picture(PictureFilters filters) -> statistics(filters, number, source, output);
        }
    }

    private void statistics(PictureFilters filters, int number, String source, String output) {
        int count = filters.bias().length;
        int kernel = PictureFilters.KERNEL;
        int channels = filters.weights().length / (count * kernel * kernel);
        graph.initializer(inner(number, "K"), new int[] {count, channels, kernel, kernel}, filters.weights());
        graph.initializer(inner(number, "C"), new int[] {count}, filters.bias());
        graph.initializer(inner(number, "E"), new int[0], filters.floor());
        graph.node(
                "Conv",
                "",
                List.of(source, inner(number, "K"), inner(number, "C")),
                inner(number, "a"),
                attributes("strides", PictureFilters.STRIDE, PictureFilters.STRIDE));
        graph.energyOfMaps(inner(number, "a"), inner(number, "b")); // [N, F]
        String raised = node("Add", number, "c", inner(number, "b"), inner(number, "E"));
        graph.node("Log", "", List.of(raised), output);
    }

    private void squared(int number, String x, StatisticsDistance distance, String output) {
        int width = distance.bias().length;
        graph.initializer(inner(number, "W"), new int[] {width, width}, distance.weights());
        graph.initializer(inner(number, "M"), new int[] {width}, distance.bias());
        String white = node("Gemm", number, "z", x, inner(number, "W"), inner(number, "M"));
        graph.sumOfSquares(white, output, OnnxGraph.Summed.KEPT); // [N, 1]
    }

    private void squared(int number, String x, FeatureDistance distance, String output) {
        int width = distance.mean().length;
        graph.initializer(inner(number, "M"), new int[] {width}, distance.mean());
        graph.initializer(inner(number, "F"), new int[] {distance.factors().length, 1}, distance.factors());
        OnnxInitializers.quantized(graph, distance.basis());

        String v = node("LpNormalization", number, "v", List.of(x), attribute("axis", 1));
        String z = node("Sub", number, "z", v, inner(number, "M"));
        graph.sumOfSquares(z, inner(number, "s"), OnnxGraph.Summed.KEPT); // [N, 1]
        String along = node("MatMul", number, "p", z, distance.basis().name()); // [N, d]
        String squares = node("Mul", number, "q", along, along);
        List<String> sum = List.of(squares, inner(number, "F"), inner(number, "s"));
        graph.node("Gemm", "", sum, output, attribute("beta", (double) distance.residual()));
    }

    private String node(String operator, int number, String name, String... inputs) {
        return node(operator, number, name, List.of(inputs));
    }

    private String node(
            String operator, int number, String name, List<String> inputs, OnnxMl.AttributeProto... attributes) {
        graph.node(operator, "", inputs, inner(number, name), attributes);
        return inner(number, name);
    }

    private static String inner(int number, String name) {
        return "u" + number + "/" + name;
    }
}
