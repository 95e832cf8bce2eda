package io.fovea.kernel;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Convolution by its definition; the weights are seen as [OC, T] with T = C·KH·KW taps.
 *
 * <p>All three passes are the same small matrix product in registers: four rows by four columns of vectors, sixteen sums that
 * stay in registers while eight loads feed sixteen multiply-adds. What differs is which of channels, taps and pixels are
 * rows, columns and the summed axis. Pixels and taps are found by two tables of offsets, so stride and dilation cost nothing.
 *
 * <p>Symbols: p pixel of the output, P = OH·OW; t tap; {@code at[p] + tap[t]} the offset of the input that they meet.
 */
final class DirectConvolutionKernel implements ConvolutionKernel {

    private static final int TILE = 4;
    /** Pixel tiles per pass over the weights: their input stays in the first-level cache meanwhile. */
    private static final int BLOCK = 4 * TILE;

    private final int channels;
    private final int height;
    private final int width;
    private final int outputChannels;
    private final int kernelHeight;
    private final int kernelWidth;
    private final int outputHeight;
    private final int outputWidth;
    private final int taps;
    private final int pixels;
    private final boolean dense;
    private final int inputLength;
    private final int[] tap;
    private final int[] at;

    /** Prepares the tables for inputs of one size, padding included. */
    DirectConvolutionKernel(
            int channels,
            int height,
            int width,
            int outputChannels,
            int kernelHeight,
            int kernelWidth,
            int stride,
            int dilation) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.outputChannels = outputChannels;
        this.kernelHeight = kernelHeight;
        this.kernelWidth = kernelWidth;
        dense = stride == 1 && dilation == 1 && channels >= TILE && width >= TILE;
        taps = channels * kernelHeight * kernelWidth;
        inputLength = channels * height * width * COUNT;
        outputHeight = (height - dilation * (kernelHeight - 1) - 1) / stride + 1;
        outputWidth = (width - dilation * (kernelWidth - 1) - 1) / stride + 1;
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
            for (int ox = 0; ox < outputWidth; ox++) at[p++] = BASE + (oy * stride * width + ox * stride) * COUNT;
        }
    }

    @Override
    public int outputChannels() {
        return outputChannels;
    }

    @Override
    public int inputLength() {
        return inputLength;
    }

    @Override
    public int sumsLength() {
        return outputChannels * (taps + 1);
    }

    /** Nothing to do: the weights are read where they are. */
    @Override
    public void prepare(float[] parameters, int weight, int from, int to) {}

    /** Computes y[oc, p] = bias[oc] + Σ_t weight[oc, t] · x[at[p] + tap[t]]. */
    @Override
    public void forward(float[] x, float[] parameters, int weight, int bias, float[] y, float[] workspace) {
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
                for (int p = block; p < end; p += TILE)
                    forwardTile(x, parameters, weight, bias, row, Math.min(p, pixels - TILE), y);
            }
        }
    }

    private void forwardTile(float[] x, float[] parameters, int weight, int bias, int oc, int p, float[] y) {
        int[] tap = this.tap;
        int taps = this.taps;
        FloatVector s00 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + oc]),
                s01 = s00,
                s02 = s00,
                s03 = s00;
        FloatVector s10 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + oc + 1]),
                s11 = s10,
                s12 = s10,
                s13 = s10;
        FloatVector s20 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + oc + 2]),
                s21 = s20,
                s22 = s20,
                s23 = s20;
        FloatVector s30 = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + oc + 3]),
                s31 = s30,
                s32 = s30,
                s33 = s30;
        int x0 = at[p], x1 = at[p + 1], x2 = at[p + 2], x3 = at[p + 3];
        int w0 = weight + oc * taps, w1 = w0 + taps, w2 = w1 + taps, w3 = w2 + taps;
        for (int t = 0; t < taps; t++) {
            int offset = tap[t];
            FloatVector v0 = FloatVector.fromArray(SPECIES, x, x0 + offset),
                    v1 = FloatVector.fromArray(SPECIES, x, x1 + offset),
                    v2 = FloatVector.fromArray(SPECIES, x, x2 + offset),
                    v3 = FloatVector.fromArray(SPECIES, x, x3 + offset);
            FloatVector a = FloatVector.broadcast(SPECIES, parameters[w0 + t]);
            s00 = v0.fma(a, s00);
            s01 = v1.fma(a, s01);
            s02 = v2.fma(a, s02);
            s03 = v3.fma(a, s03);
            FloatVector b = FloatVector.broadcast(SPECIES, parameters[w1 + t]);
            s10 = v0.fma(b, s10);
            s11 = v1.fma(b, s11);
            s12 = v2.fma(b, s12);
            s13 = v3.fma(b, s13);
            FloatVector c = FloatVector.broadcast(SPECIES, parameters[w2 + t]);
            s20 = v0.fma(c, s20);
            s21 = v1.fma(c, s21);
            s22 = v2.fma(c, s22);
            s23 = v3.fma(c, s23);
            FloatVector d = FloatVector.broadcast(SPECIES, parameters[w3 + t]);
            s30 = v0.fma(d, s30);
            s31 = v1.fma(d, s31);
            s32 = v2.fma(d, s32);
            s33 = v3.fma(d, s33);
        }
        int to = BASE + (oc * pixels + p) * COUNT;
        int next = pixels * COUNT;
        s00.intoArray(y, to);
        s01.intoArray(y, to + COUNT);
        s02.intoArray(y, to + 2 * COUNT);
        s03.intoArray(y, to + 3 * COUNT);
        s10.intoArray(y, to + next);
        s11.intoArray(y, to + next + COUNT);
        s12.intoArray(y, to + next + 2 * COUNT);
        s13.intoArray(y, to + next + 3 * COUNT);
        s20.intoArray(y, to + 2 * next);
        s21.intoArray(y, to + 2 * next + COUNT);
        s22.intoArray(y, to + 2 * next + 2 * COUNT);
        s23.intoArray(y, to + 2 * next + 3 * COUNT);
        s30.intoArray(y, to + 3 * next);
        s31.intoArray(y, to + 3 * next + COUNT);
        s32.intoArray(y, to + 3 * next + 2 * COUNT);
        s33.intoArray(y, to + 3 * next + 3 * COUNT);
    }

    private void forwardOne(float[] x, float[] parameters, int weight, int bias, int oc, int p, float[] y) {
        FloatVector sum = FloatVector.broadcast(SPECIES, bias < 0 ? 0 : parameters[bias + oc]);
        for (int t = 0; t < taps; t++)
            sum = FloatVector.fromArray(SPECIES, x, at[p] + tap[t])
                    .fma(FloatVector.broadcast(SPECIES, parameters[weight + oc * taps + t]), sum);
        sum.intoArray(y, BASE + (oc * pixels + p) * COUNT);
    }

    @Override
    public int workspaceLength() {
        return BASE + Math.max(dense ? outputChannels * outputHeight * paddedWidth() : 0, TILE * TILE) * COUNT;
    }

    private int paddedWidth() {
        return outputWidth + 2 * (kernelWidth - 1);
    }

    @Override
    public void inputGradient(float[] gy, float[] parameters, int weight, float[] gx, float[] workspace) {
        if (dense) gatherInputGradient(gy, parameters, weight, gx, workspace);
        else scatterInputGradient(gy, parameters, weight, gx, workspace);
    }

    /** Each input pixel collects from the outputs that saw it; rows of gy are padded, so that four neighbours always can. */
    private void gatherInputGradient(float[] gy, float[] parameters, int weight, float[] gx, float[] padded) {
        int margin = kernelWidth - 1;
        int paddedWidth = paddedWidth();
        for (int row = 0; row < outputChannels * outputHeight; row++) {
            int to = BASE + row * paddedWidth * COUNT;
            Arrays.fill(padded, to, to + margin * COUNT, 0);
            System.arraycopy(gy, BASE + row * outputWidth * COUNT, padded, to + margin * COUNT, outputWidth * COUNT);
            Arrays.fill(padded, to + (margin + outputWidth) * COUNT, to + paddedWidth * COUNT, 0);
        }
        int[] from = new int[kernelHeight * kernelWidth];
        int[] by = new int[kernelHeight * kernelWidth];
        for (int y = 0; y < height; y++) {
            for (int tile = 0; tile < width; tile += TILE) {
                int x = Math.min(tile, width - TILE);
                int count = 0;
                // only kernel rows and columns through which at least one of the four pixels was seen
                for (int ky = Math.max(0, y - outputHeight + 1); ky <= Math.min(kernelHeight - 1, y); ky++) {
                    for (int kx = Math.max(0, x - outputWidth + 1);
                            kx <= Math.min(kernelWidth - 1, x + TILE - 1);
                            kx++) {
                        from[count] = BASE + ((y - ky) * paddedWidth + x - kx + margin) * COUNT;
                        by[count++] = ky * kernelWidth + kx;
                    }
                }
                for (int c = 0; c < channels; c += TILE) {
                    gatherTile(
                            padded,
                            parameters,
                            weight,
                            Math.min(c, channels - TILE),
                            from,
                            by,
                            count,
                            gx,
                            y * width + x);
                }
            }
        }
    }

    private void gatherTile(
            float[] gy,
            float[] parameters,
            int weight,
            int channel,
            int[] from,
            int[] by,
            int count,
            float[] gx,
            int pixel) {
        int window = kernelHeight * kernelWidth;
        int taps = this.taps;
        int next = outputHeight * paddedWidth() * COUNT;
        int outputChannels = this.outputChannels;
        FloatVector s00 = FloatVector.zero(SPECIES), s01 = s00, s02 = s00, s03 = s00;
        FloatVector s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        FloatVector s20 = s00, s21 = s00, s22 = s00, s23 = s00;
        FloatVector s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        int plane = 0;
        int w = weight + channel * window;
        for (int oc = 0; oc < outputChannels; oc++, plane += next, w += taps) {
            for (int i = 0; i < count; i++) {
                int g = plane + from[i];
                int k = w + by[i];
                FloatVector v0 = FloatVector.fromArray(SPECIES, gy, g),
                        v1 = FloatVector.fromArray(SPECIES, gy, g + COUNT),
                        v2 = FloatVector.fromArray(SPECIES, gy, g + 2 * COUNT),
                        v3 = FloatVector.fromArray(SPECIES, gy, g + 3 * COUNT);
                FloatVector a = FloatVector.broadcast(SPECIES, parameters[k]);
                s00 = v0.fma(a, s00);
                s01 = v1.fma(a, s01);
                s02 = v2.fma(a, s02);
                s03 = v3.fma(a, s03);
                FloatVector b = FloatVector.broadcast(SPECIES, parameters[k + window]);
                s10 = v0.fma(b, s10);
                s11 = v1.fma(b, s11);
                s12 = v2.fma(b, s12);
                s13 = v3.fma(b, s13);
                FloatVector c = FloatVector.broadcast(SPECIES, parameters[k + 2 * window]);
                s20 = v0.fma(c, s20);
                s21 = v1.fma(c, s21);
                s22 = v2.fma(c, s22);
                s23 = v3.fma(c, s23);
                FloatVector d = FloatVector.broadcast(SPECIES, parameters[k + 3 * window]);
                s30 = v0.fma(d, s30);
                s31 = v1.fma(d, s31);
                s32 = v2.fma(d, s32);
                s33 = v3.fma(d, s33);
            }
        }
        int area = height * width;
        s00.intoArray(gx, BASE + (channel * area + pixel) * COUNT);
        s01.intoArray(gx, BASE + (channel * area + pixel) * COUNT + COUNT);
        s02.intoArray(gx, BASE + (channel * area + pixel) * COUNT + 2 * COUNT);
        s03.intoArray(gx, BASE + (channel * area + pixel) * COUNT + 3 * COUNT);
        s10.intoArray(gx, BASE + ((channel + 1) * area + pixel) * COUNT);
        s11.intoArray(gx, BASE + ((channel + 1) * area + pixel) * COUNT + COUNT);
        s12.intoArray(gx, BASE + ((channel + 1) * area + pixel) * COUNT + 2 * COUNT);
        s13.intoArray(gx, BASE + ((channel + 1) * area + pixel) * COUNT + 3 * COUNT);
        s20.intoArray(gx, BASE + ((channel + 2) * area + pixel) * COUNT);
        s21.intoArray(gx, BASE + ((channel + 2) * area + pixel) * COUNT + COUNT);
        s22.intoArray(gx, BASE + ((channel + 2) * area + pixel) * COUNT + 2 * COUNT);
        s23.intoArray(gx, BASE + ((channel + 2) * area + pixel) * COUNT + 3 * COUNT);
        s30.intoArray(gx, BASE + ((channel + 3) * area + pixel) * COUNT);
        s31.intoArray(gx, BASE + ((channel + 3) * area + pixel) * COUNT + COUNT);
        s32.intoArray(gx, BASE + ((channel + 3) * area + pixel) * COUNT + 2 * COUNT);
        s33.intoArray(gx, BASE + ((channel + 3) * area + pixel) * COUNT + 3 * COUNT);
    }

    /** gx[at[p] + tap[t]] += Σ_oc weight[oc, t] · gy[oc, p] for all p and t, from zero: any stride, any dilation, few channels. */
    private void scatterInputGradient(float[] gy, float[] parameters, int weight, float[] gx, float[] sums) {
        Arrays.fill(gx, BASE, BASE + inputLength, 0);
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
        FloatVector s00 = FloatVector.zero(SPECIES), s01 = s00, s02 = s00, s03 = s00;
        FloatVector s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        FloatVector s20 = s00, s21 = s00, s22 = s00, s23 = s00;
        FloatVector s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        int from = BASE + p * COUNT;
        int w = weight + t;
        for (int oc = 0; oc < outputChannels; oc++) {
            FloatVector v0 = FloatVector.fromArray(SPECIES, gy, from),
                    v1 = FloatVector.fromArray(SPECIES, gy, from + COUNT),
                    v2 = FloatVector.fromArray(SPECIES, gy, from + 2 * COUNT),
                    v3 = FloatVector.fromArray(SPECIES, gy, from + 3 * COUNT);
            FloatVector a = FloatVector.broadcast(SPECIES, parameters[w]);
            s00 = v0.fma(a, s00);
            s01 = v1.fma(a, s01);
            s02 = v2.fma(a, s02);
            s03 = v3.fma(a, s03);
            FloatVector b = FloatVector.broadcast(SPECIES, parameters[w + 1]);
            s10 = v0.fma(b, s10);
            s11 = v1.fma(b, s11);
            s12 = v2.fma(b, s12);
            s13 = v3.fma(b, s13);
            FloatVector c = FloatVector.broadcast(SPECIES, parameters[w + 2]);
            s20 = v0.fma(c, s20);
            s21 = v1.fma(c, s21);
            s22 = v2.fma(c, s22);
            s23 = v3.fma(c, s23);
            FloatVector d = FloatVector.broadcast(SPECIES, parameters[w + 3]);
            s30 = v0.fma(d, s30);
            s31 = v1.fma(d, s31);
            s32 = v2.fma(d, s32);
            s33 = v3.fma(d, s33);
            from += next;
            w += taps;
        }
        s00.intoArray(sums, 0);
        s01.intoArray(sums, COUNT);
        s02.intoArray(sums, 2 * COUNT);
        s03.intoArray(sums, 3 * COUNT);
        s10.intoArray(sums, 4 * COUNT);
        s11.intoArray(sums, 5 * COUNT);
        s12.intoArray(sums, 6 * COUNT);
        s13.intoArray(sums, 7 * COUNT);
        s20.intoArray(sums, 8 * COUNT);
        s21.intoArray(sums, 9 * COUNT);
        s22.intoArray(sums, 10 * COUNT);
        s23.intoArray(sums, 11 * COUNT);
        s30.intoArray(sums, 12 * COUNT);
        s31.intoArray(sums, 13 * COUNT);
        s32.intoArray(sums, 14 * COUNT);
        s33.intoArray(sums, 15 * COUNT);
    }

    /** Adds the sums of four taps by four pixels where they belong. */
    private void scatter(float[] sums, int p, int t, float[] gx) {
        int from = 0;
        for (int row = t; row < t + TILE; row++) {
            int offset = tap[row];
            for (int q = p; q < p + TILE; q++, from += COUNT) {
                int to = at[q] + offset;
                FloatVector.fromArray(SPECIES, gx, to)
                        .add(FloatVector.fromArray(SPECIES, sums, from))
                        .intoArray(gx, to);
            }
        }
    }

    private void inputGradientColumn(float[] gy, float[] parameters, int weight, int p, int t, float[] gx) {
        FloatVector s0 = FloatVector.zero(SPECIES), s1 = s0, s2 = s0, s3 = s0;
        for (int oc = 0; oc < outputChannels; oc++) {
            FloatVector v = FloatVector.fromArray(SPECIES, gy, BASE + (oc * pixels + p) * COUNT);
            int w = weight + oc * taps + t;
            s0 = v.fma(FloatVector.broadcast(SPECIES, parameters[w]), s0);
            s1 = v.fma(FloatVector.broadcast(SPECIES, parameters[w + 1]), s1);
            s2 = v.fma(FloatVector.broadcast(SPECIES, parameters[w + 2]), s2);
            s3 = v.fma(FloatVector.broadcast(SPECIES, parameters[w + 3]), s3);
        }
        FloatVector.fromArray(SPECIES, gx, at[p] + tap[t]).add(s0).intoArray(gx, at[p] + tap[t]);
        FloatVector.fromArray(SPECIES, gx, at[p] + tap[t + 1]).add(s1).intoArray(gx, at[p] + tap[t + 1]);
        FloatVector.fromArray(SPECIES, gx, at[p] + tap[t + 2]).add(s2).intoArray(gx, at[p] + tap[t + 2]);
        FloatVector.fromArray(SPECIES, gx, at[p] + tap[t + 3]).add(s3).intoArray(gx, at[p] + tap[t + 3]);
    }

    private void inputGradientOne(float[] gy, float[] parameters, int weight, int p, int t, float[] gx) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int oc = 0; oc < outputChannels; oc++) {
            sum = FloatVector.fromArray(SPECIES, gy, BASE + (oc * pixels + p) * COUNT)
                    .fma(FloatVector.broadcast(SPECIES, parameters[weight + oc * taps + t]), sum);
        }
        FloatVector.fromArray(SPECIES, gx, at[p] + tap[t]).add(sum).intoArray(gx, at[p] + tap[t]);
    }

    /** sums[oc, t] += Σ_p,lane gy[oc, p] · x[at[p] + tap[t]], and behind them for each oc Σ_p,lane gy[oc, p]. */
    @Override
    public void parameterGradients(
            float[] x, float[] gy, float[] otherX, float[] otherGy, float[] sums, float[] workspace) {
        if (outputChannels < TILE || taps < TILE) {
            for (int oc = 0; oc < outputChannels; oc++) {
                for (int t = 0; t < taps; t++) {
                    weightGradientOne(x, gy, oc, t, sums);
                    if (otherX != x) weightGradientOne(otherX, otherGy, oc, t, sums);
                }
            }
        } else {
            for (int oc = 0; oc < outputChannels; oc += TILE) {
                int row = Math.min(oc, outputChannels - TILE);
                for (int t = 0; t < taps; t += TILE) {
                    int column = Math.min(t, taps - TILE);
                    weightGradientTile(x, gy, otherX, otherGy, row, column, workspace);
                    reduce(workspace, row, column, oc - row, t - column, sums);
                }
            }
        }
        Lanes.addSums(gy, outputChannels, pixels, sums, outputChannels * taps);
        if (otherX != x) Lanes.addSums(otherGy, outputChannels, pixels, sums, outputChannels * taps);
    }

    @Override
    public void collect(float[][] sums, int from, int to, float[] gradients, int weight, int bias) {
        for (int i = from * taps; i < to * taps; i++) gradients[weight + i] = sum(sums, i);
        if (bias < 0) return;
        for (int oc = from; oc < to; oc++) gradients[bias + oc] = sum(sums, outputChannels * taps + oc);
    }

    private static float sum(float[][] sums, int at) {
        float sum = 0;
        for (float[] part : sums) sum += part[at];
        return sum;
    }

    private void weightGradientTile(
            float[] firstX, float[] firstGy, float[] otherX, float[] otherGy, int oc, int t, float[] sums) {
        int[] at = this.at;
        int pixels = this.pixels;
        FloatVector s00 = FloatVector.zero(SPECIES), s01 = s00, s02 = s00, s03 = s00;
        FloatVector s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        FloatVector s20 = s00, s21 = s00, s22 = s00, s23 = s00;
        FloatVector s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        int t0 = tap[t], t1 = tap[t + 1], t2 = tap[t + 2], t3 = tap[t + 3];
        int next = pixels * COUNT;
        int g0 = BASE + oc * next, g1 = g0 + next, g2 = g1 + next, g3 = g2 + next;
        float[] x = firstX;
        float[] gy = firstGy;
        for (int group = 0; group < (otherX == firstX ? 1 : 2); group++, x = otherX, gy = otherGy) {
            for (int p = 0; p < pixels; p++) {
                int offset = at[p];
                FloatVector v0 = FloatVector.fromArray(SPECIES, x, offset + t0),
                        v1 = FloatVector.fromArray(SPECIES, x, offset + t1),
                        v2 = FloatVector.fromArray(SPECIES, x, offset + t2),
                        v3 = FloatVector.fromArray(SPECIES, x, offset + t3);
                int q = p * COUNT;
                FloatVector a = FloatVector.fromArray(SPECIES, gy, g0 + q);
                s00 = v0.fma(a, s00);
                s01 = v1.fma(a, s01);
                s02 = v2.fma(a, s02);
                s03 = v3.fma(a, s03);
                FloatVector b = FloatVector.fromArray(SPECIES, gy, g1 + q);
                s10 = v0.fma(b, s10);
                s11 = v1.fma(b, s11);
                s12 = v2.fma(b, s12);
                s13 = v3.fma(b, s13);
                FloatVector c = FloatVector.fromArray(SPECIES, gy, g2 + q);
                s20 = v0.fma(c, s20);
                s21 = v1.fma(c, s21);
                s22 = v2.fma(c, s22);
                s23 = v3.fma(c, s23);
                FloatVector d = FloatVector.fromArray(SPECIES, gy, g3 + q);
                s30 = v0.fma(d, s30);
                s31 = v1.fma(d, s31);
                s32 = v2.fma(d, s32);
                s33 = v3.fma(d, s33);
            }
        }
        s00.intoArray(sums, 0);
        s01.intoArray(sums, COUNT);
        s02.intoArray(sums, 2 * COUNT);
        s03.intoArray(sums, 3 * COUNT);
        s10.intoArray(sums, 4 * COUNT);
        s11.intoArray(sums, 5 * COUNT);
        s12.intoArray(sums, 6 * COUNT);
        s13.intoArray(sums, 7 * COUNT);
        s20.intoArray(sums, 8 * COUNT);
        s21.intoArray(sums, 9 * COUNT);
        s22.intoArray(sums, 10 * COUNT);
        s23.intoArray(sums, 11 * COUNT);
        s30.intoArray(sums, 12 * COUNT);
        s31.intoArray(sums, 13 * COUNT);
        s32.intoArray(sums, 14 * COUNT);
        s33.intoArray(sums, 15 * COUNT);
    }

    /** Adds the lanes of a tile's sums; the first rows and columns that belong to the tile before are left out. */
    private void reduce(float[] tile, int oc, int t, int knownRows, int knownColumns, float[] sums) {
        Lanes.fold(tile, 0);
        for (int row = knownRows; row < TILE; row++) {
            for (int column = knownColumns; column < TILE; column++) {
                sums[(oc + row) * taps + t + column] += tile[Lanes.foldedPlace(row * TILE + column)];
            }
        }
    }

    private void weightGradientOne(float[] x, float[] gy, int oc, int t, float[] sums) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int p = 0; p < pixels; p++)
            sum = FloatVector.fromArray(SPECIES, x, at[p] + tap[t])
                    .fma(FloatVector.fromArray(SPECIES, gy, BASE + (oc * pixels + p) * COUNT), sum);
        float[] lanes = new float[COUNT];
        sum.intoArray(lanes, 0);
        sums[oc * taps + t] += Lanes.sum(lanes, 0);
    }
}
