package io.fovea.export;

import static io.fovea.export.OnnxGraph.attribute;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes how unfamiliar a picture is: at each {@link FamiliarityPart} the square of its {@link FeatureDistance}, of which the largest counts.
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
    void add(List<FamiliarityPart> parts, List<String> sources, List<FeatureDistance> distances, String output) {
        List<String> squares = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String vector = sources.get(i);
            if (parts.get(i).form() == FamiliarityPart.Form.MAPS) {
                vector = inner(i, "x");
                vector(parts.get(i), i, sources.get(i), vector);
            }
            String square = parts.size() == 1 ? output : inner(i, "d");
            squared(i, vector, distances.get(i), square);
            squares.add(square);
        }
        if (squares.size() > 1) graph.node("Max", "", squares, output);
    }

    /** Adds the nodes that turn a part's result into its vector [N, D]. */
    void vector(FamiliarityPart part, int number, String source, String output) {
        switch (part.form()) {
            case VECTOR -> graph.node("Identity", "", List.of(source), output);
            case MAPS -> {
                graph.meanOfMaps(source, inner(number, "a")); // [N, C]
                graph.meanOfMaps(node("Mul", number, "b", source, source), inner(number, "c"));
                String roots = node("Sqrt", number, "e", inner(number, "c"));
                graph.node("Concat", "", List.of(inner(number, "a"), roots), output, attribute("axis", 1));
            }
        }
    }

    private void squared(int number, String x, FeatureDistance distance, String output) {
        int width = distance.mean().length;
        graph.initializer(inner(number, "E"), new int[0], FeatureDistance.EPSILON);
        graph.initializer(inner(number, "M"), new int[] {width}, distance.mean());
        graph.initializer(inner(number, "F"), new int[] {distance.factors().length, 1}, distance.factors());
        OnnxInitializers.quantized(graph, distance.basis());

        graph.length(x, inner(number, "f")); // [N, 1]
        String length = node("Add", number, "l", inner(number, "f"), inner(number, "E"));
        String z = node("Sub", number, "z", node("Div", number, "v", x, length), inner(number, "M"));
        graph.sumOfSquares(z, inner(number, "s"), OnnxGraph.Summed.KEPT); // [N, 1]
        String along = node("MatMul", number, "p", z, distance.basis().name()); // [N, d]
        String squares = node("Mul", number, "q", along, along);
        List<String> sum = List.of(squares, inner(number, "F"), inner(number, "s"));
        graph.node("Gemm", "", sum, output, attribute("beta", (double) distance.residual()));
    }

    private String node(String operator, int number, String name, String... inputs) {
        graph.node(operator, "", List.of(inputs), inner(number, name));
        return inner(number, name);
    }

    private static String inner(int number, String name) {
        return "u" + number + "/" + name;
    }
}
