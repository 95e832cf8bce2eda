package io.fovea.kernel;

import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.all;
import static io.fovea.kernel.Lanes.load;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Two-dimensional convolution of a group of pictures, forward and backward.
 *
 * <p>Shapes: input [C, H, W, L] already padded → output [OC, OH, OW, L]; weight [OC, T] with T = C·KH·KW taps, bias [OC].
 *
 * <p>All three passes are the same small matrix product in registers: four rows by four columns of vectors, sixteen sums that
 * stay in registers while eight loads feed sixteen multiply-adds. What differs is which of channels, taps and pixels are
 * rows, columns and the summed axis. Pixels and taps are found by two tables of offsets, so stride and dilation cost nothing.
 *
 * <p>Symbols: p pixel of the output, P = OH·OW; t tap; {@code at[p] + tap[t]} the offset of the input that they meet.
 */
public final class ConvolutionKernel {

    private static final int TILE = 4;
    /** Pixel tiles per pass over the weights: their input stays in the first-level cache meanwhile. */
    private static final int BLOCK = 4 * TILE;

    private final int outputChannels;
    private final int taps;
    private final int pixels;
    private final int inputLength;
    private final int[] tap;
    private final int[] at;

    /** Prepares the tables for inputs of one size, padding included. */
    public ConvolutionKernel(
            int channels, int height, int width, int outputChannels, int kernelHeight, int kernelWidth, int stride, int dilation) {
        this.outputChannels = outputChannels;
        taps = channels * kernelHeight * kernelWidth;
        inputLength = channels * height * width * COUNT;
        int outputHeight = (height - dilation * (kernelHeight - 1) - 1) / stride + 1;
        int outputWidth = (width - dilation * (kernelWidth - 1) - 1) / stride + 1;
        pixels = outputHeight * outputWidth;
        tap = new int[taps];
        for (int c = 0, t = 0; c < channels; c++) {
            for (int ky = 0; ky < kernelHeight; ky++) {
                for (int kx = 0; kx < kernelWidth; kx++) {
                    tap[t++] = ((c * height + ky * dilation) * width + kx * dilation) * COUNT;
                }
            }
        }
        at = new int[pixels];
        for (int oy = 0, p = 0; oy < outputHeight; oy++) {
            for (int ox = 0; ox < outputWidth; ox++) at[p++] = (oy * stride * width + ox * stride) * COUNT;
        }
    }

    /** Returns OC. */
    public int outputChannels() {
        return outputChannels;
    }

    /** Returns how many weights there are: OC·T. */
    public int weightCount() {
        return outputChannels * taps;
    }

    /** Returns how many floats a padded input has: C·H·W·L. */
    public int inputLength() {
        return inputLength;
    }

    /**
     * Computes y[oc, p] = bias[oc] + Σ_t weight[oc, t] · x[at[p] + tap[t]].
     *
     * @param parameters holds the weight at {@code weight} and the bias at {@code bias}, or no bias if that is negative
     */
    public void forward(float[] x, float[] parameters, int weight, int bias, float[] y) {
        if (outputChannels < TILE || pixels < TILE) {
            for (int oc = 0; oc < outputChannels; oc++) {
                for (int p = 0; p < pixels; p++) forwardOne(x, parameters, weight, bias, oc, p, y);
            }
            return;
        }
        for (int block = 0; block < pixels; block += BLOCK) {
            int end = Math.min(pixels, block + BLOCK);
            for (int oc = 0; oc < outputChannels; oc += TILE) {
                // the last tile reaches back over the one before and computes the same numbers again
                int row = Math.min(oc, outputChannels - TILE);
                for (int p = block; p < end; p += TILE) forwardTile(x, parameters, weight, bias, row, Math.min(p, pixels - TILE), y);
            }
        }
    }

    private void forwardTile(float[] x, float[] parameters, int weight, int bias, int oc, int p, float[] y) {
        int[] tap = this.tap;
        int taps = this.taps;
        FloatVector s00 = all(bias < 0 ? 0 : parameters[bias + oc]), s01 = s00, s02 = s00, s03 = s00;
        FloatVector s10 = all(bias < 0 ? 0 : parameters[bias + oc + 1]), s11 = s10, s12 = s10, s13 = s10;
        FloatVector s20 = all(bias < 0 ? 0 : parameters[bias + oc + 2]), s21 = s20, s22 = s20, s23 = s20;
        FloatVector s30 = all(bias < 0 ? 0 : parameters[bias + oc + 3]), s31 = s30, s32 = s30, s33 = s30;
        int x0 = at[p], x1 = at[p + 1], x2 = at[p + 2], x3 = at[p + 3];
        int w0 = weight + oc * taps, w1 = w0 + taps, w2 = w1 + taps, w3 = w2 + taps;
        for (int t = 0; t < taps; t++) {
            int offset = tap[t];
            FloatVector v0 = load(x, x0 + offset), v1 = load(x, x1 + offset), v2 = load(x, x2 + offset), v3 = load(x, x3 + offset);
            FloatVector a = all(parameters[w0 + t]);
            s00 = v0.fma(a, s00);
            s01 = v1.fma(a, s01);
            s02 = v2.fma(a, s02);
            s03 = v3.fma(a, s03);
            FloatVector b = all(parameters[w1 + t]);
            s10 = v0.fma(b, s10);
            s11 = v1.fma(b, s11);
            s12 = v2.fma(b, s12);
            s13 = v3.fma(b, s13);
            FloatVector c = all(parameters[w2 + t]);
            s20 = v0.fma(c, s20);
            s21 = v1.fma(c, s21);
            s22 = v2.fma(c, s22);
            s23 = v3.fma(c, s23);
            FloatVector d = all(parameters[w3 + t]);
            s30 = v0.fma(d, s30);
            s31 = v1.fma(d, s31);
            s32 = v2.fma(d, s32);
            s33 = v3.fma(d, s33);
        }
        int to = (oc * pixels + p) * COUNT;
        int next = pixels * COUNT;
        store(y, to, s00, s01, s02, s03);
        store(y, to + next, s10, s11, s12, s13);
        store(y, to + 2 * next, s20, s21, s22, s23);
        store(y, to + 3 * next, s30, s31, s32, s33);
    }

    private void forwardOne(float[] x, float[] parameters, int weight, int bias, int oc, int p, float[] y) {
        FloatVector sum = all(bias < 0 ? 0 : parameters[bias + oc]);
        for (int t = 0; t < taps; t++) sum = load(x, at[p] + tap[t]).fma(all(parameters[weight + oc * taps + t]), sum);
        sum.intoArray(y, (oc * pixels + p) * COUNT);
    }

    /**
     * Computes gx[at[p] + tap[t]] += Σ_oc weight[oc, t] · gy[oc, p] for all p and t, from zero.
     *
     * @param gy [OC, OH, OW, L], the gradient by the output
     * @param gx [C, H, W, L], overwritten with the gradient by the padded input
     */
    public void inputGradient(float[] gy, float[] parameters, int weight, float[] gx) {
        Arrays.fill(gx, 0, inputLength, 0);
        float[] sums = new float[TILE * TILE * COUNT];
        int wholeTaps = taps - taps % TILE;
        int wholePixels = pixels - pixels % TILE;
        for (int p = 0; p < wholePixels; p += TILE) {
            for (int t = 0; t < wholeTaps; t += TILE) {
                inputGradientTile(gy, parameters, weight, p, t, sums);
                scatter(sums, p, t, gx);
            }
            for (int t = wholeTaps; t < taps; t++) {
                for (int q = p; q < p + TILE; q++) inputGradientOne(gy, parameters, weight, q, t, gx);
            }
        }
        for (int p = wholePixels; p < pixels; p++) {
            for (int t = 0; t < wholeTaps; t += TILE) inputGradientColumn(gy, parameters, weight, p, t, gx);
            for (int t = wholeTaps; t < taps; t++) inputGradientOne(gy, parameters, weight, p, t, gx);
        }
    }

    /** Leaves the sums in {@code sums}: with the scatter in the same method the compiler gives up keeping them in registers. */
    private void inputGradientTile(float[] gy, float[] parameters, int weight, int p, int t, float[] sums) {
        int outputChannels = this.outputChannels;
        int taps = this.taps;
        int next = pixels * COUNT;
        FloatVector s00 = all(0), s01 = s00, s02 = s00, s03 = s00;
        FloatVector s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        FloatVector s20 = s00, s21 = s00, s22 = s00, s23 = s00;
        FloatVector s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        int from = p * COUNT;
        int w = weight + t;
        for (int oc = 0; oc < outputChannels; oc++) {
            FloatVector v0 = load(gy, from), v1 = load(gy, from + COUNT), v2 = load(gy, from + 2 * COUNT), v3 = load(gy, from + 3 * COUNT);
            FloatVector a = all(parameters[w]);
            s00 = v0.fma(a, s00);
            s01 = v1.fma(a, s01);
            s02 = v2.fma(a, s02);
            s03 = v3.fma(a, s03);
            FloatVector b = all(parameters[w + 1]);
            s10 = v0.fma(b, s10);
            s11 = v1.fma(b, s11);
            s12 = v2.fma(b, s12);
            s13 = v3.fma(b, s13);
            FloatVector c = all(parameters[w + 2]);
            s20 = v0.fma(c, s20);
            s21 = v1.fma(c, s21);
            s22 = v2.fma(c, s22);
            s23 = v3.fma(c, s23);
            FloatVector d = all(parameters[w + 3]);
            s30 = v0.fma(d, s30);
            s31 = v1.fma(d, s31);
            s32 = v2.fma(d, s32);
            s33 = v3.fma(d, s33);
            from += next;
            w += taps;
        }
        store(sums, 0, s00, s01, s02, s03);
        store(sums, 4 * COUNT, s10, s11, s12, s13);
        store(sums, 8 * COUNT, s20, s21, s22, s23);
        store(sums, 12 * COUNT, s30, s31, s32, s33);
    }

    /** Adds the sums of four taps by four pixels where they belong. */
    private void scatter(float[] sums, int p, int t, float[] gx) {
        int from = 0;
        for (int row = t; row < t + TILE; row++) {
            int offset = tap[row];
            for (int q = p; q < p + TILE; q++, from += COUNT) add(gx, at[q] + offset, load(sums, from));
        }
    }

    private void inputGradientColumn(float[] gy, float[] parameters, int weight, int p, int t, float[] gx) {
        FloatVector s0 = all(0), s1 = s0, s2 = s0, s3 = s0;
        for (int oc = 0; oc < outputChannels; oc++) {
            FloatVector v = load(gy, (oc * pixels + p) * COUNT);
            int w = weight + oc * taps + t;
            s0 = v.fma(all(parameters[w]), s0);
            s1 = v.fma(all(parameters[w + 1]), s1);
            s2 = v.fma(all(parameters[w + 2]), s2);
            s3 = v.fma(all(parameters[w + 3]), s3);
        }
        add(gx, at[p] + tap[t], s0);
        add(gx, at[p] + tap[t + 1], s1);
        add(gx, at[p] + tap[t + 2], s2);
        add(gx, at[p] + tap[t + 3], s3);
    }

    private void inputGradientOne(float[] gy, float[] parameters, int weight, int p, int t, float[] gx) {
        FloatVector sum = all(0);
        for (int oc = 0; oc < outputChannels; oc++) {
            sum = load(gy, (oc * pixels + p) * COUNT).fma(all(parameters[weight + oc * taps + t]), sum);
        }
        add(gx, at[p] + tap[t], sum);
    }

    /**
     * Adds the gradients by weight and bias: gw[oc, t] += Σ_p,lane gy[oc, p] · x[at[p] + tap[t]]; gb[oc] += Σ_p,lane gy[oc, p].
     *
     * @param gradients holds the weight's at {@code weight} and the bias's at {@code bias}, or none if that is negative
     */
    public void weightGradient(float[] x, float[] gy, float[] gradients, int weight, int bias) {
        if (outputChannels < TILE || taps < TILE) {
            for (int oc = 0; oc < outputChannels; oc++) {
                for (int t = 0; t < taps; t++) weightGradientOne(x, gy, oc, t, gradients, weight);
            }
        } else {
            float[] sums = new float[TILE * TILE * COUNT];
            for (int oc = 0; oc < outputChannels; oc += TILE) {
                int row = Math.min(oc, outputChannels - TILE);
                for (int t = 0; t < taps; t += TILE) {
                    int column = Math.min(t, taps - TILE);
                    weightGradientTile(x, gy, row, column, sums);
                    reduce(sums, row, column, oc - row, t - column, gradients, weight);
                }
            }
        }
        if (bias >= 0) {
            for (int oc = 0; oc < outputChannels; oc++) {
                FloatVector sum = all(0);
                for (int p = 0; p < pixels; p++) sum = sum.add(load(gy, (oc * pixels + p) * COUNT));
                gradients[bias + oc] += Lanes.sum(sum);
            }
        }
    }

    private void weightGradientTile(float[] x, float[] gy, int oc, int t, float[] sums) {
        int[] at = this.at;
        int pixels = this.pixels;
        FloatVector s00 = all(0), s01 = s00, s02 = s00, s03 = s00;
        FloatVector s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        FloatVector s20 = s00, s21 = s00, s22 = s00, s23 = s00;
        FloatVector s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        int t0 = tap[t], t1 = tap[t + 1], t2 = tap[t + 2], t3 = tap[t + 3];
        int next = pixels * COUNT;
        int g0 = oc * next, g1 = g0 + next, g2 = g1 + next, g3 = g2 + next;
        for (int p = 0; p < pixels; p++) {
            int offset = at[p];
            FloatVector v0 = load(x, offset + t0), v1 = load(x, offset + t1), v2 = load(x, offset + t2), v3 = load(x, offset + t3);
            int q = p * COUNT;
            FloatVector a = load(gy, g0 + q);
            s00 = v0.fma(a, s00);
            s01 = v1.fma(a, s01);
            s02 = v2.fma(a, s02);
            s03 = v3.fma(a, s03);
            FloatVector b = load(gy, g1 + q);
            s10 = v0.fma(b, s10);
            s11 = v1.fma(b, s11);
            s12 = v2.fma(b, s12);
            s13 = v3.fma(b, s13);
            FloatVector c = load(gy, g2 + q);
            s20 = v0.fma(c, s20);
            s21 = v1.fma(c, s21);
            s22 = v2.fma(c, s22);
            s23 = v3.fma(c, s23);
            FloatVector d = load(gy, g3 + q);
            s30 = v0.fma(d, s30);
            s31 = v1.fma(d, s31);
            s32 = v2.fma(d, s32);
            s33 = v3.fma(d, s33);
        }
        store(sums, 0, s00, s01, s02, s03);
        store(sums, 4 * COUNT, s10, s11, s12, s13);
        store(sums, 8 * COUNT, s20, s21, s22, s23);
        store(sums, 12 * COUNT, s30, s31, s32, s33);
    }

    /** Adds the lanes of a tile's sums; the first rows and columns that belong to the tile before are left out. */
    private void reduce(float[] sums, int oc, int t, int knownRows, int knownColumns, float[] gradients, int weight) {
        for (int row = knownRows; row < TILE; row++) {
            for (int column = knownColumns; column < TILE; column++) {
                gradients[weight + (oc + row) * taps + t + column] +=
                        Lanes.sum(load(sums, (row * TILE + column) * COUNT));
            }
        }
    }

    private void weightGradientOne(float[] x, float[] gy, int oc, int t, float[] gradients, int weight) {
        FloatVector sum = all(0);
        for (int p = 0; p < pixels; p++) sum = load(x, at[p] + tap[t]).fma(load(gy, (oc * pixels + p) * COUNT), sum);
        gradients[weight + oc * taps + t] += Lanes.sum(sum);
    }

    private static void add(float[] array, int offset, FloatVector value) {
        load(array, offset).add(value).intoArray(array, offset);
    }

    private static void store(float[] array, int offset, FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3) {
        v0.intoArray(array, offset);
        v1.intoArray(array, offset + COUNT);
        v2.intoArray(array, offset + 2 * COUNT);
        v3.intoArray(array, offset + 3 * COUNT);
    }
}
