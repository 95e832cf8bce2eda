package io.fovea.explain;

import io.fovea.network.Layer;
import io.fovea.network.Node;
import io.fovea.network.Shape;

/**
 * The window that one value of a pooling layer is made of.
 *
 * @param left    first column inside of the map
 * @param top     first row inside of the map
 * @param right   first column after it
 * @param bottom  first row after it
 * @param divisor of a mean; 0 where the largest value is taken
 */
record PoolingWindow(int left, int top, int right, int bottom, int divisor) {

    /** Returns that of max pooling. */
    static PoolingWindow of(Layer.MaxPooling layer, Shape input, int x, int y) {
        int left = x * layer.stride() - layer.padding();
        int top = y * layer.stride() - layer.padding();
        return inside(left, top, left + layer.kernelSize(), top + layer.kernelSize(), input, 0);
    }

    /** Returns that of average pooling; zeros of the padding count, what lies beyond it does not. */
    static PoolingWindow of(Layer.AveragePooling layer, Shape input, int x, int y) {
        int left = x * layer.stride() - layer.padding();
        int top = y * layer.stride() - layer.padding();
        int width = Math.min(left + layer.kernelSize(), input.size(2) + layer.padding()) - left;
        int height = Math.min(top + layer.kernelSize(), input.size(1) + layer.padding()) - top;
        return inside(left, top, left + width, top + height, input, width * height);
    }

    /** Returns that of adaptive average pooling. */
    static PoolingWindow of(Layer.AdaptiveAveragePooling layer, Shape input, int x, int y) {
        int left = x * input.size(2) / layer.width();
        int top = y * input.size(1) / layer.height();
        int right = Math.ceilDiv((x + 1) * input.size(2), layer.width());
        int bottom = Math.ceilDiv((y + 1) * input.size(1), layer.height());
        return inside(left, top, right, bottom, input, (right - left) * (bottom - top));
    }

    /** Returns the mean of the whole map. */
    static PoolingWindow mean(Shape input) {
        return inside(0, 0, input.size(2), input.size(1), input, input.size(1) * input.size(2));
    }

    /** Returns the largest value of the whole map. */
    static PoolingWindow largest(Shape input) {
        return inside(0, 0, input.size(2), input.size(1), input, 0);
    }

    private static PoolingWindow inside(int left, int top, int right, int bottom, Shape input, int divisor) {
        return new PoolingWindow(
                Math.max(0, left),
                Math.max(0, top),
                Math.min(right, input.size(2)),
                Math.min(bottom, input.size(1)),
                divisor);
    }

    /** Returns the arithmetic. */
    PoolingArithmetic arithmetic(LayerValues layers, Node node, int channel, int x, int y) {
        String reads = node.inputs().getFirst();
        float[][] window = new float[bottom - top][right - left];
        double sum = 0;
        int column = -1;
        int row = -1;
        float largest = Float.NEGATIVE_INFINITY;
        for (int h = 0; h < window.length; h++) {
            for (int w = 0; w < window[h].length; w++) {
                float value = layers.at(reads, channel, left + w, top + h);
                window[h][w] = value;
                sum += value;
                if (divisor > 0 || (row >= 0 && value <= largest)) continue; // a tie goes to the first
                largest = value;
                row = h;
                column = w;
            }
        }
        return new PoolingArithmetic(
                node.name(),
                layers.kind(node.name()),
                reads,
                channel,
                x,
                y,
                left,
                top,
                window,
                divisor,
                column,
                row,
                divisor > 0 ? sum / divisor : largest,
                layers.at(node.name(), channel, x, y));
    }
}
