package io.fovea.kernel;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Largest value or mean of windows of a group of pictures, forward and backward.
 *
 * <p>Shapes: input [C, H, W, L] → output [C, OH, OW, L]. Windows that reach over an edge hold only the pixels inside; a mean is
 * still divided by the divisor given per output pixel, as padding counts as zeros.
 */
public final class PoolingKernel {

    private final int channels;
    private final int area;
    private final int pixels;
    private final int[] firstRow;
    private final int[] endRow;
    private final int[] firstColumn;
    private final int[] endColumn;
    private final int width;
    private final float[] weight;

    /** Prepares the windows of one size; {@code outputHeight} and {@code outputWidth} as the network's shapes say. */
    public PoolingKernel(
            int channels,
            int height,
            int width,
            int kernelHeight,
            int kernelWidth,
            int stride,
            int padding,
            int outputHeight,
            int outputWidth) {
        this.channels = channels;
        this.width = width;
        area = height * width;
        pixels = outputHeight * outputWidth;
        firstRow = new int[pixels];
        endRow = new int[pixels];
        firstColumn = new int[pixels];
        endColumn = new int[pixels];
        weight = new float[pixels];
        for (int oy = 0, p = 0; oy < outputHeight; oy++) {
            for (int ox = 0; ox < outputWidth; ox++, p++) {
                int top = oy * stride - padding;
                int left = ox * stride - padding;
                firstRow[p] = Math.max(0, top);
                endRow[p] = Math.min(height, top + kernelHeight);
                firstColumn[p] = Math.max(0, left);
                endColumn[p] = Math.min(width, left + kernelWidth);
                // PyTorch's rule: padding counts, what a rounded-up window covers beyond the padding does not
                int rows = Math.min(top + kernelHeight, height + padding) - top;
                int columns = Math.min(left + kernelWidth, width + padding) - left;
                weight[p] = 1f / (rows * columns);
            }
        }
    }

    /** Writes the largest value of each window. */
    public void maximum(float[] x, float[] y) {
        for (int c = 0, to = BASE; c < channels; c++) {
            for (int p = 0; p < pixels; p++, to += COUNT) largest(x, c * area, p, y, to);
        }
    }

    private void largest(float[] x, int plane, int p, float[] y, int to) {
        FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        for (int row = firstRow[p]; row < endRow[p]; row++) {
            int from = BASE + (plane + row * width + firstColumn[p]) * COUNT;
            int end = BASE + (plane + row * width + endColumn[p]) * COUNT;
            for (; from < end; from += COUNT) largest = largest.max(FloatVector.fromArray(SPECIES, x, from));
        }
        largest.intoArray(y, to);
    }

    /** Sends each window's gradient to its largest input, the first in reading order of equals; {@code gx} is overwritten. */
    public void maximumGradient(float[] x, float[] y, float[] gy, float[] gx) {
        Arrays.fill(gx, BASE, BASE + channels * area * COUNT, 0);
        for (int c = 0, from = BASE; c < channels; c++) {
            for (int p = 0; p < pixels; p++, from += COUNT) toLargest(x, c * area, p, y, gy, from, gx);
        }
    }

    private void toLargest(float[] x, int plane, int p, float[] y, float[] gy, int from, float[] gx) {
        FloatVector largest = FloatVector.fromArray(SPECIES, y, from);
        FloatVector gradient = FloatVector.fromArray(SPECIES, gy, from);
        VectorMask<Float> open = SPECIES.maskAll(true);
        for (int row = firstRow[p]; row < endRow[p]; row++) {
            int at = BASE + (plane + row * width + firstColumn[p]) * COUNT;
            int end = BASE + (plane + row * width + endColumn[p]) * COUNT;
            for (; at < end; at += COUNT) {
                VectorMask<Float> here =
                        FloatVector.fromArray(SPECIES, x, at).eq(largest).and(open);
                FloatVector old = FloatVector.fromArray(SPECIES, gx, at);
                old.add(gradient, here).intoArray(gx, at);
                open = open.andNot(here);
            }
        }
    }

    /** Writes the mean of each window. */
    public void mean(float[] x, float[] y) {
        for (int c = 0, to = BASE; c < channels; c++) {
            for (int p = 0; p < pixels; p++, to += COUNT) {
                FloatVector sum = FloatVector.zero(SPECIES);
                for (int row = firstRow[p]; row < endRow[p]; row++) {
                    int from = BASE + (c * area + row * width + firstColumn[p]) * COUNT;
                    int end = BASE + (c * area + row * width + endColumn[p]) * COUNT;
                    for (; from < end; from += COUNT) sum = sum.add(FloatVector.fromArray(SPECIES, x, from));
                }
                sum.mul(weight[p]).intoArray(y, to);
            }
        }
    }

    /** Spreads each window's gradient evenly over its inputs; {@code gx} is overwritten. */
    public void meanGradient(float[] gy, float[] gx) {
        Arrays.fill(gx, BASE, BASE + channels * area * COUNT, 0);
        for (int c = 0, from = BASE; c < channels; c++) {
            for (int p = 0; p < pixels; p++, from += COUNT) {
                FloatVector share = FloatVector.fromArray(SPECIES, gy, from).mul(weight[p]);
                for (int row = firstRow[p]; row < endRow[p]; row++) {
                    int at = BASE + (c * area + row * width + firstColumn[p]) * COUNT;
                    int end = BASE + (c * area + row * width + endColumn[p]) * COUNT;
                    for (; at < end; at += COUNT)
                        FloatVector.fromArray(SPECIES, gx, at).add(share).intoArray(gx, at);
                }
            }
        }
    }
}
