package io.fovea.map;

import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Largest value or mean of windows of {@link ChannelMaps}.
 *
 * <p>Windows that reach over an edge hold only the pixels inside; a mean counts the padding as zeros, but not what a rounded-up
 * window covers beyond the padding.
 */
public final class MapPooling {

    /** What a window becomes. */
    public enum Kind {
        /** Its largest value. */
        LARGEST,
        /** Its mean. */
        MEAN
    }

    private final Kind kind;
    private final int kernelHeight;
    private final int kernelWidth;
    private final int stride;
    private final int padding;

    /** Windows of one size; the outputs' shape is that of the maps they are written to. */
    public MapPooling(Kind kind, int kernelHeight, int kernelWidth, int stride, int padding) {
        this.kind = kind;
        this.kernelHeight = kernelHeight;
        this.kernelWidth = kernelWidth;
        this.stride = stride;
        this.padding = padding;
    }

    /** Computes each window of the first {@code pictures} pictures. */
    public void forward(ChannelMaps x, int pictures, ChannelMaps y) {
        for (int n = 0; n < pictures; n++) {
            for (int oy = 0; oy < y.height; oy++) {
                int top = oy * stride - padding;
                for (int ox = 0; ox < y.width; ox++) {
                    int left = ox * stride - padding;
                    int firstRow = Math.max(0, top);
                    int firstColumn = Math.max(0, left);
                    int rows = Math.min(x.height, top + kernelHeight) - firstRow;
                    int columns = Math.min(x.width, left + kernelWidth) - firstColumn;
                    int from = x.start(n) + x.at(firstRow, firstColumn);
                    int to = y.start(n) + y.at(oy, ox);
                    switch (kind) {
                        case LARGEST -> largest(x, from, rows, columns, y.values, to);
                        case MEAN -> {
                            int high = Math.min(top + kernelHeight, x.height + padding) - top;
                            int wide = Math.min(left + kernelWidth, x.width + padding) - left;
                            mean(x, from, rows, columns, 1f / (high * wide), y.values, to);
                        }
                    }
                }
            }
        }
    }

    private static void largest(ChannelMaps x, int from, int rows, int columns, float[] y, int to) {
        float[] values = x.values;
        int next = x.at(1, 0);
        int stride = x.stride;
        for (int c = 0; c < stride; c += COUNT) {
            FloatVector largest = FloatVector.fromArray(SPECIES, values, from + c);
            for (int row = 0; row < rows; row++) {
                int at = from + row * next + c;
                for (int column = 0; column < columns; column++, at += stride) {
                    FloatVector v = FloatVector.fromArray(SPECIES, values, at);
                    largest = largest.blend(v, v.compare(VectorOperators.GT, largest));
                }
            }
            largest.intoArray(y, to + c);
        }
    }

    private static void mean(ChannelMaps x, int from, int rows, int columns, float weight, float[] y, int to) {
        float[] values = x.values;
        int next = x.at(1, 0);
        int stride = x.stride;
        for (int c = 0; c < stride; c += COUNT) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int row = 0; row < rows; row++) {
                int at = from + row * next + c;
                for (int column = 0; column < columns; column++, at += stride)
                    sum = sum.add(FloatVector.fromArray(SPECIES, values, at));
            }
            sum.mul(weight).intoArray(y, to + c);
        }
    }
}
