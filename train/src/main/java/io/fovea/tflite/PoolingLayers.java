package io.fovea.tflite;

import io.fovea.network.Layer;
import io.fovea.network.Shape;
import java.util.Optional;

/** Writes pooling, and what is added around maps before a window slides over them. */
final class PoolingLayers {

    /** What stands in rows and columns that are added. */
    enum With {
        ZEROS,
        /** Less than anything that can occur, so that it is no window's largest value. */
        LOWEST
    }

    private static final int LARGEST_BYTE = 127;

    private final TfliteGraph graph;
    private final Results results;
    private final Giving giving;

    PoolingLayers(TfliteGraph graph, Results results, Giving giving) {
        this.graph = graph;
        this.results = results;
        this.giving = giving;
    }

    void largest(Step step, Layer.MaxPooling layer) {
        int size = layer.kernelSize();
        Window window = Window.of(step.from(), step.to(), size, size, layer.stride(), layer.padding(), layer.padding());
        Results.Result read = results.of(step.inputs().getFirst());
        With with = read.isNeverNegative() ? With.ZEROS : With.LOWEST;
        int maps = padded(step, read(step), window, with);
        pool(step, Operator.MAX_POOL_2D, maps, window, size, size, layer.stride());
    }

    void globalLargest(Step step) {
        int height = step.from().size(1);
        int width = step.from().size(2);
        Window window = Window.of(step.from(), step.to(), height, width, 1, 0, 0);
        pool(step, Operator.MAX_POOL_2D, read(step), window, height, width, 1);
    }

    /**
     * The layer's padding counts as zeros, what a window reaches over beyond it does not count; the operator counts no padding that it does itself. So
     * the layer's becomes part of the maps. Where SAME cannot say the rest, zeros are added for it too, and each mean is multiplied by what
     * that made it smaller.
     */
    void means(Step step, Layer.AveragePooling layer) {
        int size = layer.kernelSize();
        int padding = layer.padding();
        Shape from = step.from();
        Shape with = new Shape(from.size(0), from.size(1) + 2 * padding, from.size(2) + 2 * padding);
        Window own = new Window(Window.Rule.VALID, new int[] {padding, padding, padding, padding});
        int maps = padding == 0 ? read(step) : padded(step, read(step), own, With.ZEROS);
        Window window = Window.of(with, step.to(), size, size, layer.stride(), 0, 0);
        if (!window.adds()) {
            pool(step, Operator.AVERAGE_POOL_2D, maps, window, size, size, layer.stride());
            return;
        }
        Results.Result read = results.of(step.inputs().getFirst());
        int wide = pad(step, "reached", maps, with, window, With.ZEROS, read);
        int smaller = giving.between(step, "smaller", read.type(), Results.axes(step.to()), read.scaledAs());
        graph.operator(
                Operator.AVERAGE_POOL_2D,
                version(read.type()),
                Options.of(
                        new Options.Choice(0, Window.Rule.VALID.code()),
                        new Options.Whole(1, layer.stride()),
                        new Options.Whole(2, layer.stride()),
                        new Options.Whole(3, size),
                        new Options.Whole(4, size)),
                new int[] {wide},
                smaller);
        int factors = factors(step, read.type(), with, size, layer.stride());
        giving.fused(step, Giving.Like.read(read), Operator.MUL, version(read.type()), 0, new int[] {smaller, factors});
    }

    void globalMeans(Step step, ElementType type) {
        int maps = results.read(step.inputs().getFirst(), type);
        int axes = graph.integers(step.name() + "/axes", new int[] {2}, 1, 2);
        Giving.Like like = Giving.Like.own(step, type);
        giving.bare(step, like, Operator.MEAN, version(type), new int[] {maps, axes}, new Options.Choice(0, 1));
    }

    /** Where the output divides the input evenly it is average pooling. Else two constant matrices take the means, of rows and then of columns. */
    void adaptiveMeans(Step step, ElementType type) {
        Shape from = step.from();
        Shape to = step.to();
        if (from.equals(to)) {
            giving.clipped(step, Giving.Like.read(results.of(step.inputs().getFirst())), read(step));
        } else if (step.isMean()) {
            globalMeans(step, type);
        } else if (step.dividesEvenly()) {
            int height = from.size(1) / to.size(1);
            int width = from.size(2) / to.size(2);
            windows(step, height, width);
        } else {
            unevenMeans(step);
        }
    }

    /** Windows next to each other, possibly longer in one direction. */
    private void windows(Step step, int height, int width) {
        Results.Result read = results.of(step.inputs().getFirst());
        giving.fused(
                step,
                Giving.Like.read(read),
                Operator.AVERAGE_POOL_2D,
                version(read.type()),
                5,
                new int[] {read(step)},
                new Options.Choice(0, Window.Rule.VALID.code()),
                new Options.Whole(1, width),
                new Options.Whole(2, height),
                new Options.Whole(3, width),
                new Options.Whole(4, height));
    }

    private void unevenMeans(Step step) {
        Shape from = step.from();
        Shape to = step.to();
        ElementType type = ElementType.FLOAT32;
        int channels = from.size(0);
        int maps = results.read(step.inputs().getFirst(), type);
        int[] flat = {from.size(1), from.size(2) * channels};
        int rows = giving.between(step, "rows", type, flat, step.result());
        results.reshape(maps, flat, rows);
        int[] fewer = {to.size(1), flat[1]};
        int means = giving.between(step, "rows/means", type, fewer, step.result());
        graph.operator(Operator.BATCH_MATMUL, 1, Options.NONE, new int[] {matrix(step, "vertical", 1), rows}, means);
        // the rows of all pictures, each a matrix of its own
        int[] each = {from.size(2), channels};
        int columns = giving.between(step, "columns", type, each, step.result());
        results.reshape(means, each, columns);
        int[] last = {to.size(2), channels};
        int both = giving.between(step, "columns/means", type, last, step.result());
        graph.operator(
                Operator.BATCH_MATMUL, 1, Options.NONE, new int[] {matrix(step, "horizontal", 2), columns}, both);
        int[] axes = Results.axes(to);
        int shape = graph.integers(step.name() + "/shape", new int[] {4}, -1, axes[0], axes[1], axes[2]);
        giving.bare(step, Giving.Like.own(step, type), Operator.RESHAPE, 1, new int[] {both, shape});
    }

    /** Adds the matrix [1, to, from] that takes means along one axis. */
    private int matrix(Step step, String part, int axis) {
        int from = step.from().size(axis);
        int to = step.to().size(axis);
        float[] matrix = new float[to * from];
        for (int i = 0; i < to; i++) {
            int first = (int) ((long) i * from / to);
            int end = (int) Math.ceilDiv((i + 1L) * from, to);
            for (int j = first; j < end; j++) matrix[i * from + j] = 1f / (end - first);
        }
        return graph.floats(step.name() + "/" + part, new int[] {1, to, from}, matrix);
    }

    /** Adds by how much each mean of zeros and maps is too small: [1, OH, OW, 1]. */
    private int factors(Step step, ElementType type, Shape from, int size, int stride) {
        int height = step.to().size(1);
        int width = step.to().size(2);
        float[] factors = new float[height * width];
        float largest = 1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rows = Math.min(size, from.size(1) - y * stride);
                int columns = Math.min(size, from.size(2) - x * stride);
                factors[y * width + x] = (float) size * size / (rows * columns);
                largest = Math.max(largest, factors[y * width + x]);
            }
        }
        String name = step.name() + "/factors";
        int[] shape = {1, height, width, 1};
        if (type == ElementType.FLOAT32) return graph.floats(name, shape, factors);
        float scale = largest / LARGEST_BYTE;
        return graph.constant(
                name, type, shape, Optional.of(new TfliteGraph.Scale(new float[] {scale}, 0, 0)), bytes -> {
                    for (float factor : factors) bytes.put((byte) Math.rint(factor / scale));
                });
    }

    private void pool(Step step, Operator operator, int maps, Window window, int height, int width, int stride) {
        Giving.Like like = Giving.Like.read(results.of(step.inputs().getFirst()));
        giving.fused(
                step,
                like,
                operator,
                version(like.type()),
                5,
                new int[] {maps},
                new Options.Choice(0, window.rule().code()),
                new Options.Whole(1, stride),
                new Options.Whole(2, stride),
                new Options.Whole(3, width),
                new Options.Whole(4, height));
    }

    /** Returns the maps with what a window needs around them. */
    int padded(Step step, int maps, Window window, With with) {
        if (!window.adds()) return maps;
        return pad(
                step,
                "padded",
                maps,
                step.from(),
                window,
                with,
                results.of(step.inputs().getFirst()));
    }

    private int pad(Step step, String part, int maps, Shape from, Window window, With with, Results.Result read) {
        int[] added = window.added();
        int[] axes = Results.axes(from);
        axes[0] += added[0] + added[1];
        axes[1] += added[2] + added[3];
        ElementType type = graph.type(maps);
        int output = giving.between(step, part, type, axes, read.scaledAs());
        String name = step.name() + "/" + part;
        int pads = graph.integers(name + "/pads", new int[] {4, 2}, 0, 0, added[0], added[1], added[2], added[3], 0, 0);
        switch (with) {
            case ZEROS -> graph.operator(Operator.PAD, version(type), Options.NONE, new int[] {maps, pads}, output);
            case LOWEST -> {
                int lowest = type == ElementType.FLOAT32
                        ? graph.floats(name + "/lowest", new int[] {1}, -Float.MAX_VALUE)
                        : graph.constant(
                                name + "/lowest",
                                type,
                                new int[] {1},
                                graph.scale(maps),
                                bytes -> bytes.put(Byte.MIN_VALUE));
                graph.operator(Operator.PADV2, version(type), Options.NONE, new int[] {maps, pads, lowest}, output);
            }
        }
        return output;
    }

    /** Reads a step's input in the form it has. */
    private int read(Step step) {
        String name = step.inputs().getFirst();
        return results.read(name, results.of(name).type());
    }

    private static int version(ElementType type) {
        return type == ElementType.INT8 ? 2 : 1;
    }
}
