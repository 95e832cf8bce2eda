package io.fovea.product;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import io.fovea.kernel.Lanes;
import io.fovea.map.ChannelMaps;
import io.fovea.map.PackedMatrix;
import io.fovea.map.ProductTile;
import jdk.incubator.vector.FloatVector;

/**
 * A convolution without padding, its bias, ReLU and a 2x2 maximum in one go, one picture at a time.
 *
 * <p>Shapes: input [H, W, C], channels innermost → output [PH, PW, OC], with PH = ⌊(H − K + 1) / 2⌋ and PW likewise; positions that no
 * window takes are not computed.
 * <p>Formula: y[p, q, o] = max(0, max over the window's four positions of bias[o] + Σ weight[o, c, i, j] · x[·]).
 *
 * <p>The four positions of a window are the four rows of {@link ProductTile}, so the maximum is taken while the sums are in the first-level
 * cache, and the full maps are never written. Immutable after {@link #set}; threads share it, each with a {@link Room} of its own.
 */
public final class PooledConvolution {

    /** How many inputs a pass sums over at most: with four vectors of weights for each, 40 KB stay in the first-level cache. */
    private static final int PASS = 160;

    /** A convolution with fewer inputs per position is computed without the tile. */
    private static final int SHALLOW = 32;

    private static final int WINDOW = ProductTile.ROWS;

    private final int kernelSize;
    private final int channels;
    private final int outputChannels;
    private final int outputHeight;
    private final int outputWidth;
    private final int width;
    private final int segmentsPerPass;
    private final PackedMatrix weights;
    private final float[] bias;
    /** Where the segments of each window's four positions begin, relative to the picture: [windows, segments, 4]. */
    private final int[] table;

    /**
     * Prepares for maps of this size; weights are zero until {@link #set}.
     *
     * @throws IllegalArgumentException if a picture gives no window
     */
    public PooledConvolution(int height, int width, int channels, int outputChannels, int kernelSize) {
        this.kernelSize = kernelSize;
        this.channels = channels;
        this.outputChannels = outputChannels;
        this.width = width;
        outputHeight = (height - kernelSize + 1) / 2;
        outputWidth = (width - kernelSize + 1) / 2;
        if (outputHeight < 1 || outputWidth < 1) {
            throw new IllegalArgumentException("No 2x2 window fits the " + kernelSize + "x" + kernelSize
                    + " convolution of " + height + "x" + width + " maps");
        }
        segmentsPerPass = Math.max(1, PASS / (kernelSize * channels));
        weights = new PackedMatrix(1, depth(), outputChannels);
        bias = Lanes.allocate(ChannelMaps.rounded(outputChannels));
        table = windows();
    }

    private int[] windows() {
        int[] starts = new int[windowCount() * kernelSize * WINDOW];
        int t = 0;
        for (int oy = 0; oy < outputHeight; oy++) {
            for (int ox = 0; ox < outputWidth; ox++) {
                for (int ky = 0; ky < kernelSize; ky++) {
                    for (int r = 0; r < WINDOW; r++) {
                        int y = 2 * oy + r / 2 + ky;
                        int x = 2 * ox + r % 2;
                        starts[t++] = (y * width + x) * channels;
                    }
                }
            }
        }
        return starts;
    }

    /** Returns C·K·K, how many inputs a position sums over. */
    public int depth() {
        return channels * kernelSize * kernelSize;
    }

    /** Returns PH·PW. */
    public int windowCount() {
        return outputHeight * outputWidth;
    }

    /** Returns PH. */
    public int outputHeight() {
        return outputHeight;
    }

    /** Returns PW. */
    public int outputWidth() {
        return outputWidth;
    }

    /** Returns OC. */
    public int outputChannels() {
        return outputChannels;
    }

    /** Returns PH·PW·OC. */
    public int outputLength() {
        return windowCount() * outputChannels;
    }

    int kernelSize() {
        return kernelSize;
    }

    int channels() {
        return channels;
    }

    int segmentsPerPass() {
        return segmentsPerPass;
    }

    int[] table() {
        return table;
    }

    /** Returns the row of the packed matrix that input c under tap (ky, kx) has. */
    int row(int c, int ky, int kx) {
        return (ky * kernelSize + kx) * channels + c;
    }

    /**
     * Sets weights and biases; no thread may be computing.
     *
     * @param weight [OC, C, K, K]
     * @param bias   [OC]
     */
    public void set(float[] weight, float[] bias) {
        if (weight.length != outputChannels * depth() || bias.length != outputChannels) {
            throw new IllegalArgumentException("Expected " + outputChannels * depth() + " weights and " + outputChannels
                    + " biases, found " + weight.length + " and " + bias.length);
        }
        int i = 0;
        for (int o = 0; o < outputChannels; o++) {
            for (int c = 0; c < channels; c++) {
                for (int ky = 0; ky < kernelSize; ky++) {
                    for (int kx = 0; kx < kernelSize; kx++) weights.set(0, row(c, ky, kx), o, weight[i++]);
                }
            }
        }
        System.arraycopy(bias, 0, this.bias, BASE, outputChannels);
    }

    /** What one thread writes into while it computes. */
    public final class Room {
        final int[] rows = new int[table.length];
        final int[] from = new int[WINDOW];
        final int[] to = new int[WINDOW];
        final float[] sums = Lanes.allocate(windowCount() * WINDOW * ProductTile.COLUMNS * COUNT);
        final float[] pooled = Lanes.allocate(ProductTile.COLUMNS * COUNT);

        /**
         * Computes one picture.
         *
         * @param x    holds [H, W, C] from {@code at}
         * @param y    takes [PH, PW, OC] from {@code out}
         */
        public void forward(float[] x, int at, float[] y, int out) {
            if (depth() <= SHALLOW && !weights.isWide(0)) {
                for (int block = 0; block < weights.blocks(); block += 2) shallow(x, at, block, y, out);
                return;
            }
            for (int i = 0; i < rows.length; i++) rows[i] = table[i] + at;
            for (int block = 0; block < weights.blocks(); block++) {
                int size = weights.isWide(block) ? ProductTile.COLUMNS * COUNT : COUNT;
                sums(x, block, size);
                int column = weights.column(block);
                int taken = Math.min(size, outputChannels - column);
                for (int window = 0; window < windowCount(); window++) {
                    pool(sums, BASE + window * WINDOW * size, size, pooled);
                    System.arraycopy(pooled, BASE, y, out + window * outputChannels + column, taken);
                }
            }
        }

        /**
         * Computes two vectors of output channels, windows and all, in registers: with so few inputs the tile's loads and stores of sums would take longer
         * than its products.
         */
        private void shallow(float[] x, int at, int block, float[] y, int out) {
            int other = Math.min(block + 1, weights.blocks() - 1);
            int deep = kernelSize * channels;
            int w = weights.at(0, block, 0);
            int v = weights.at(0, other, 0);
            int column = weights.column(block);
            FloatVector firstBias = FloatVector.fromArray(SPECIES, bias, BASE + column);
            FloatVector secondBias = FloatVector.fromArray(SPECIES, bias, BASE + weights.column(other));
            for (int window = 0; window < windowCount(); window++) {
                int r0 = at + 2 * (window / outputWidth) * width * channels + 2 * (window % outputWidth) * channels;
                FloatVector a0 = firstBias, a1 = firstBias, a2 = firstBias, a3 = firstBias;
                FloatVector b0 = secondBias, b1 = secondBias, b2 = secondBias, b3 = secondBias;
                for (int ky = 0, d = 0; ky < kernelSize; ky++) {
                    int upper = r0 + ky * width * channels;
                    int lower = upper + width * channels;
                    for (int i = 0; i < deep; i++, d += COUNT) {
                        FloatVector f = FloatVector.fromArray(SPECIES, weights.values, w + d);
                        FloatVector g = FloatVector.fromArray(SPECIES, weights.values, v + d);
                        FloatVector p = FloatVector.broadcast(SPECIES, x[upper + i]);
                        a0 = f.fma(p, a0);
                        b0 = g.fma(p, b0);
                        FloatVector q = FloatVector.broadcast(SPECIES, x[upper + channels + i]);
                        a1 = f.fma(q, a1);
                        b1 = g.fma(q, b1);
                        FloatVector r = FloatVector.broadcast(SPECIES, x[lower + i]);
                        a2 = f.fma(r, a2);
                        b2 = g.fma(r, b2);
                        FloatVector t = FloatVector.broadcast(SPECIES, x[lower + channels + i]);
                        a3 = f.fma(t, a3);
                        b3 = g.fma(t, b3);
                    }
                }
                a0.max(a1).max(a2.max(a3)).max(0f).intoArray(pooled, BASE);
                b0.max(b1).max(b2.max(b3)).max(0f).intoArray(pooled, BASE + COUNT);
                System.arraycopy(
                        pooled,
                        BASE,
                        y,
                        out + window * outputChannels + column,
                        Math.min(2 * COUNT, outputChannels - column));
            }
        }

        /** Leaves the sums [windows, 4, size] of a block of output channels. */
        private void sums(float[] x, int block, int size) {
            int deep = kernelSize * channels;
            for (int s = 0; s < kernelSize; s += segmentsPerPass) {
                int last = Math.min(kernelSize, s + segmentsPerPass);
                int w = weights.at(0, block, s * deep);
                for (int window = 0; window < windowCount(); window++) {
                    for (int r = 0; r < WINDOW; r++) {
                        to[r] = BASE + (window * WINDOW + r) * size;
                        from[r] = s == 0 ? BASE + weights.column(block) : to[r];
                    }
                    int first = window * kernelSize;
                    float[] initial = s == 0 ? bias : sums;
                    if (weights.isWide(block)) {
                        ProductTile.wide(
                                x,
                                rows,
                                first + s,
                                first + last,
                                0,
                                deep,
                                weights.values,
                                w,
                                initial,
                                from,
                                sums,
                                to,
                                0);
                    } else {
                        ProductTile.narrow(
                                x,
                                rows,
                                first + s,
                                first + last,
                                0,
                                deep,
                                weights.values,
                                w,
                                initial,
                                from,
                                sums,
                                to,
                                0);
                    }
                }
            }
        }
    }

    /** Writes max(0, the maximum of four rows of {@code size} sums). */
    private static void pool(float[] sums, int at, int size, float[] pooled) {
        for (int c = 0; c < size; c += COUNT) {
            FloatVector a = FloatVector.fromArray(SPECIES, sums, at + c);
            FloatVector b = FloatVector.fromArray(SPECIES, sums, at + size + c);
            FloatVector d = FloatVector.fromArray(SPECIES, sums, at + 2 * size + c);
            FloatVector e = FloatVector.fromArray(SPECIES, sums, at + 3 * size + c);
            a.max(b).max(d.max(e)).max(0f).intoArray(pooled, BASE + c);
        }
    }
}
