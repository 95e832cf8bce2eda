package io.fovea.quantize;

import io.fovea.network.Shape;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How far results of a file in whole numbers differ by how they are computed: by operators for whole numbers, or in floats that are rounded as the file
 * says. Where a value lies between two whole numbers, a last bit decides, and layers after it carry that on. Processors differ from each other in the same way.
 */
public final class RoundingSpread {

    private RoundingSpread() {}

    /**
     * Returns the largest difference of any number of a result, as a multiple of max(1, M) with M the picture's largest.
     *
     * @param pictures [C, H, W] each
     */
    public static double of(byte[] onnx, String result, Shape shape, Collection<float[]> pictures) {
        long[] axes = {1, shape.size(0), shape.size(1), shape.size(2)};
        double largest = 0;
        try (GraphRun whole = new GraphRun(onnx, 1, GraphRun.Optimization.ALL);
                GraphRun written = new GraphRun(onnx, 1, GraphRun.Optimization.NONE)) {
            for (float[] picture : pictures) {
                Map<String, float[]> first = whole.run(picture, axes, List.of(result));
                Map<String, float[]> second = written.run(picture, axes, List.of(result));
                largest = Math.max(largest, difference(first.get(result), second.get(result)));
            }
        }
        return largest;
    }

    private static double difference(float[] first, float[] second) {
        double size = 1;
        double off = 0;
        for (int i = 0; i < first.length; i++) {
            size = Math.max(size, Math.abs(first[i]));
            off = Math.max(off, Math.abs((double) first[i] - second[i]));
        }
        return off / size;
    }
}
