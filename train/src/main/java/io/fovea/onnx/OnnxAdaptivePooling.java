package io.fovea.onnx;

import static io.fovea.onnx.OnnxGraph.attributes;

import io.fovea.network.LayerSummary;
import io.fovea.network.Shape;
import java.util.List;

/**
 * Writes pooling to a fixed size, for which ONNX has no operator.
 *
 * <p>Where the output divides the input evenly it is average pooling. Else it is A·X·B with two constant matrices: A [height, H] takes the
 * means of rows, B [W, width] those of columns.
 */
final class OnnxAdaptivePooling {

    private OnnxAdaptivePooling() {}

    static void add(OnnxGraph graph, LayerSummary summary, String input, String output) {
        Shape from = summary.inputs().getFirst();
        Shape to = summary.output();
        int height = from.size(1) / to.size(1);
        int width = from.size(2) / to.size(2);
        if (from.equals(to)) {
            graph.node("Identity", summary.name(), List.of(input), output);
        } else if (height * to.size(1) == from.size(1) && width * to.size(2) == from.size(2)) {
            graph.node(
                    "AveragePool",
                    summary.name(),
                    List.of(input),
                    output,
                    attributes("kernel_shape", height, width),
                    attributes("strides", height, width));
        } else {
            String rows = summary.name() + "/rows";
            String columns = summary.name() + "/columns";
            graph.initializer(rows, new int[] {to.size(1), from.size(1)}, means(from.size(1), to.size(1)));
            float[] acrossRows = means(from.size(2), to.size(2));
            graph.initializer(columns, new int[] {from.size(2), to.size(2)}, transposed(acrossRows, to.size(2)));
            graph.node("MatMul", summary.name() + "/vertical", List.of(rows, input), rows + "/means");
            graph.node("MatMul", summary.name(), List.of(rows + "/means", columns), output);
        }
    }

    /** Returns the matrix [to, from] that takes means along one axis, flat. */
    private static float[] means(int from, int to) {
        float[] matrix = new float[from * to];
        for (int i = 0; i < to; i++) {
            int first = (int) ((long) i * from / to);
            int end = (int) Math.ceilDiv((i + 1L) * from, to);
            for (int j = first; j < end; j++) matrix[i * from + j] = 1f / (end - first);
        }
        return matrix;
    }

    private static float[] transposed(float[] matrix, int rows) {
        int columns = matrix.length / rows;
        float[] turned = new float[matrix.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) turned[j * rows + i] = matrix[i * columns + j];
        }
        return turned;
    }
}
