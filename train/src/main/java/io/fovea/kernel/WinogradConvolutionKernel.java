package io.fovea.kernel;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Convolution with kernels of 3x3 or 5x5 and stride 1 by Winograd's minimal filtering: F(4x4, 3x3) takes a quarter of the
 * multiplications, F(2x2, 5x5) 36 of 100. Both cut the input into tiles of 6x6.
 *
 * <p>Forward: V = Bᵀ·x·B of every tile and channel, U = G·w·Gᵀ of every kernel, M[oc] = Σ_c U[oc, c] ∘ V[c], and the tile's outputs are
 * Aᵀ·M·A. The gradients are the same steps turned round, so they need as few multiplications: with W = A·gy·Aᵀ, the input's is
 * B·(Σ_oc U[oc, c] ∘ W[oc])·Bᵀ, added where tiles overlap, and the kernel's Gᵀ·(Σ_tiles,lanes W[oc] ∘ V[c])·G.
 *
 * <p>All passes go row by row through the 6x6 places of a tile, and by four tiles: what they touch meanwhile stays in the first and second cache.
 * Pictures are in the lanes, so no transform moves a value from one lane to another.
 *
 * <p>Symbols: (i, j) the place in a tile, k the side of the kernel, m = 7 − k the side of a tile's outputs, T tiles.
 *
 * <p>Source: Lavin and Gray 2015, arXiv:1509.09308, section 4; the matrices are those of the points 0, 1, −1, 2, −2 and ∞.
 */
final class WinogradConvolutionKernel implements ConvolutionKernel {

    private static final int SIDE = 6;
    private static final int TILE = 4;
    private static final int CELL = TILE * COUNT;
    private static final int SUMS = TILE * TILE;
    /** Fewer channels do not share a tile's transforms often enough. */
    private static final int LEAST_CHANNELS = 8;

    /** Which rows of a tile row i of Bᵀ combines, and by which factors: at most four of the six are not zero. */
    private static final int[][] ROWS = {
        {0, 2, 4, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}, {1, 3, 5, 5}
    };

    private static final float[][] FACTORS = {
        {4, -5, 1, 0}, {-4, -4, 1, 1}, {4, -4, -1, 1}, {-2, -1, 2, 1}, {2, -1, -2, 1}, {4, -5, 1, 0}
    };
    /** The points; the last, infinity, is written apart. */
    private static final float[] POINTS = {0, 1, -1, 2, -2};

    private static final float ONE = -1f / 6;
    private static final float TWO = 1f / 24;

    private final int channels;
    private final int height;
    private final int width;
    private final int outputChannels;
    private final int kernelSize;
    private final int step;
    private final int outputHeight;
    private final int outputWidth;
    private final int across;
    private final int tiles;
    private final int blocks;
    private final int channelTiles;
    private final float[] transformed;

    WinogradConvolutionKernel(int channels, int height, int width, int outputChannels, int kernelSize) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.outputChannels = outputChannels;
        this.kernelSize = kernelSize;
        step = SIDE + 1 - kernelSize;
        outputHeight = height - kernelSize + 1;
        outputWidth = width - kernelSize + 1;
        across = Math.ceilDiv(outputWidth, step);
        tiles = across * Math.ceilDiv(outputHeight, step);
        blocks = Math.ceilDiv(tiles, TILE);
        channelTiles = Math.ceilDiv(channels, TILE);
        transformed = new float[SIDE * SIDE * outputChannels * channels];
    }

    /** Whether a convolution can be computed so, and is faster for it. */
    static boolean pays(int channels, int height, int width, int outputChannels, int kernelSize) {
        if (kernelSize != 3 && kernelSize != 5) return false;
        return channels >= LEAST_CHANNELS && outputChannels >= LEAST_CHANNELS && height >= SIDE && width >= SIDE;
    }

    @Override
    public int outputChannels() {
        return outputChannels;
    }

    @Override
    public int inputLength() {
        return channels * height * width * COUNT;
    }

    /** V and W of two groups, a row of places each; a tile with its margin; sums of the products. */
    @Override
    public int workspaceLength() {
        return sumsAt() + SIDE * Math.max(channels, outputChannels) * CELL + SUMS * COUNT;
    }

    private int inputsAt(int group) {
        return BASE + group * rowLength(channels);
    }

    private int outputsAt(int group) {
        return BASE + 2 * rowLength(channels) + group * rowLength(outputChannels);
    }

    private int patchAt() {
        return BASE + 2 * rowLength(channels) + 2 * rowLength(outputChannels);
    }

    private int sumsAt() {
        return patchAt() + SIDE * SIDE * COUNT;
    }

    /** Floats of one row of places, [blocks, 6, C, 4, L]. */
    private int rowLength(int maps) {
        return blocks * SIDE * maps * CELL;
    }

    /** 36 places of 4x4 blocks of kernels, [6, 6, OC/4, C/4, 16], the last of them reaching back over those before; then OC biases. */
    @Override
    public int sumsLength() {
        return biasSums() + outputChannels;
    }

    private int biasSums() {
        return SIDE * SIDE * Math.ceilDiv(outputChannels, TILE) * channelTiles * SUMS;
    }

    /** U = G·w·Gᵀ as [6, 6, OC, C]. */
    @Override
    public void prepare(float[] parameters, int weight, int from, int to) {
        int side = kernelSize;
        int next = outputChannels * channels;
        float[] half = new float[SIDE * 5];
        float[] line = new float[SIDE];
        for (int oc = from; oc < to; oc++) {
            for (int c = 0; c < channels; c++) {
                int g = weight + (oc * channels + c) * side * side;
                for (int x = 0; x < side; x++) {
                    evaluate(parameters, g + x, side, line);
                    for (int i = 0; i < SIDE; i++) half[i * 5 + x] = line[i];
                }
                int to0 = oc * channels + c;
                for (int i = 0; i < SIDE; i++) {
                    evaluate(half, i * 5, 1, line);
                    for (int j = 0; j < SIDE; j++) transformed[(i * SIDE + j) * next + to0] = line[j];
                }
            }
        }
    }

    /** line = G·g for the k numbers g that begin at {@code at}, {@code stride} apart. */
    private void evaluate(float[] values, int at, int stride, float[] line) {
        float a = values[at], b = values[at + stride], c = values[at + 2 * stride];
        float d = 0, e = 0;
        if (kernelSize == 5) {
            d = values[at + 3 * stride];
            e = values[at + 4 * stride];
        }
        line[0] = a / 4;
        line[1] = ONE * (a + c + e + (b + d));
        line[2] = ONE * (a + c + e - (b + d));
        line[3] = TWO * (a + 4 * c + 16 * e + (2 * b + 8 * d));
        line[4] = TWO * (a + 4 * c + 16 * e - (2 * b + 8 * d));
        line[5] = kernelSize == 5 ? e : c;
    }

    @Override
    public void forward(float[] x, float[] parameters, int weight, int bias, float[] y, float[] workspace) {
        int pixels = outputHeight * outputWidth;
        for (int oc = 0; oc < outputChannels; oc++) {
            int at = BASE + oc * pixels * COUNT;
            Arrays.fill(y, at, at + pixels * COUNT, bias < 0 ? 0 : parameters[bias + oc]);
        }
        int inputs = inputsAt(0);
        for (int i = 0; i < SIDE; i++) {
            for (int block = 0; block < blocks; block++) {
                transformInputs(x, i, block, workspace, inputs);
                for (int oc = 0; oc < outputChannels; oc += TILE) {
                    int row = Math.min(oc, outputChannels - TILE);
                    for (int j = 0; j < SIDE; j++) {
                        product(
                                workspace,
                                inputs + j * channels * CELL,
                                channels,
                                ((i * SIDE + j) * outputChannels + row) * channels,
                                channels,
                                1,
                                sumsAt() + j * TILE * CELL);
                    }
                    for (int known = oc - row; known < TILE; known++) {
                        for (int k = 0; k < TILE && block * TILE + k < tiles; k++)
                            addOutputs(
                                    workspace,
                                    sumsAt() + known * CELL + k * COUNT,
                                    i,
                                    block * TILE + k,
                                    row + known,
                                    y);
                    }
                }
            }
        }
    }

    /**
     * Four rows of weights by four tiles at one place, summed over channels: M[oc, tile] = Σ_c U[oc, c] · V[c, tile] forward, and Σ_oc U[oc, c] ·
     * W[oc, tile] backward.
     *
     * @param from    [count, 4, L] in the workspace
     * @param weights of the first row and channel in U
     * @param row     from a row's weight to the next one's
     * @param next    from a channel's weight to the next one's
     * @param to      [4, 4, L] in the workspace, overwritten
     */
    private void product(float[] workspace, int from, int count, int weights, int row, int next, int to) {
        float[] transformed = this.transformed;
        FloatVector s00 = FloatVector.zero(SPECIES), s01 = s00, s02 = s00, s03 = s00;
        FloatVector s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        FloatVector s20 = s00, s21 = s00, s22 = s00, s23 = s00;
        FloatVector s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        int w0 = weights, w1 = w0 + row, w2 = w1 + row, w3 = w2 + row;
        int end = from + count * CELL;
        for (int at = from; at < end; at += CELL, w0 += next, w1 += next, w2 += next, w3 += next) {
            FloatVector v0 = FloatVector.fromArray(SPECIES, workspace, at),
                    v1 = FloatVector.fromArray(SPECIES, workspace, at + COUNT),
                    v2 = FloatVector.fromArray(SPECIES, workspace, at + 2 * COUNT),
                    v3 = FloatVector.fromArray(SPECIES, workspace, at + 3 * COUNT);
            FloatVector a = FloatVector.broadcast(SPECIES, transformed[w0]);
            s00 = v0.fma(a, s00);
            s01 = v1.fma(a, s01);
            s02 = v2.fma(a, s02);
            s03 = v3.fma(a, s03);
            FloatVector b = FloatVector.broadcast(SPECIES, transformed[w1]);
            s10 = v0.fma(b, s10);
            s11 = v1.fma(b, s11);
            s12 = v2.fma(b, s12);
            s13 = v3.fma(b, s13);
            FloatVector d = FloatVector.broadcast(SPECIES, transformed[w2]);
            s20 = v0.fma(d, s20);
            s21 = v1.fma(d, s21);
            s22 = v2.fma(d, s22);
            s23 = v3.fma(d, s23);
            FloatVector e = FloatVector.broadcast(SPECIES, transformed[w3]);
            s30 = v0.fma(e, s30);
            s31 = v1.fma(e, s31);
            s32 = v2.fma(e, s32);
            s33 = v3.fma(e, s33);
        }
        s00.intoArray(workspace, to);
        s01.intoArray(workspace, to + COUNT);
        s02.intoArray(workspace, to + 2 * COUNT);
        s03.intoArray(workspace, to + 3 * COUNT);
        s10.intoArray(workspace, to + CELL);
        s11.intoArray(workspace, to + CELL + COUNT);
        s12.intoArray(workspace, to + CELL + 2 * COUNT);
        s13.intoArray(workspace, to + CELL + 3 * COUNT);
        s20.intoArray(workspace, to + 2 * CELL);
        s21.intoArray(workspace, to + 2 * CELL + COUNT);
        s22.intoArray(workspace, to + 2 * CELL + 2 * COUNT);
        s23.intoArray(workspace, to + 2 * CELL + 3 * COUNT);
        s30.intoArray(workspace, to + 3 * CELL);
        s31.intoArray(workspace, to + 3 * CELL + COUNT);
        s32.intoArray(workspace, to + 3 * CELL + 2 * COUNT);
        s33.intoArray(workspace, to + 3 * CELL + 3 * COUNT);
    }

    /** Adds what row i of M gives to the outputs of a tile: A[·, i] ⊗ (M[i, ·]·A). */
    private void addOutputs(float[] workspace, int from, int i, int tile, int oc, float[] y) {
        FloatVector m0 = FloatVector.fromArray(SPECIES, workspace, from),
                m1 = FloatVector.fromArray(SPECIES, workspace, from + TILE * CELL),
                m2 = FloatVector.fromArray(SPECIES, workspace, from + 2 * TILE * CELL),
                m3 = FloatVector.fromArray(SPECIES, workspace, from + 3 * TILE * CELL),
                m4 = FloatVector.fromArray(SPECIES, workspace, from + 4 * TILE * CELL),
                m5 = FloatVector.fromArray(SPECIES, workspace, from + 5 * TILE * CELL);
        int top = tile / across * step;
        int left = tile % across * step;
        int rows = Math.min(step, outputHeight - top);
        int columns = Math.min(step, outputWidth - left);
        FloatVector sumOne = m1.add(m2), sumTwo = m3.add(m4), differenceOne = m1.sub(m2), differenceTwo = m3.sub(m4);
        FloatVector y0 = m0.add(sumOne).add(sumTwo);
        FloatVector y1 = differenceTwo.fma(FloatVector.broadcast(SPECIES, 2), differenceOne);
        FloatVector y2 = y0, y3 = y0;
        if (step == 2) {
            y1 = y1.add(m5);
        } else {
            y2 = sumTwo.fma(FloatVector.broadcast(SPECIES, 4), sumOne);
            y3 = differenceTwo
                    .fma(FloatVector.broadcast(SPECIES, 8), differenceOne)
                    .add(m5);
        }
        int at = BASE + ((oc * outputHeight + top) * outputWidth + left) * COUNT;
        int next = outputWidth * COUNT;
        for (int r = firstRow(i); r <= Math.min(lastRow(i), rows - 1); r++) {
            FloatVector factor = FloatVector.broadcast(SPECIES, power(i, r));
            int to = at + r * next;
            y0.fma(factor, FloatVector.fromArray(SPECIES, y, to)).intoArray(y, to);
            if (columns > 1)
                y1.fma(factor, FloatVector.fromArray(SPECIES, y, to + COUNT)).intoArray(y, to + COUNT);
            if (columns > 2)
                y2.fma(factor, FloatVector.fromArray(SPECIES, y, to + 2 * COUNT))
                        .intoArray(y, to + 2 * COUNT);
            if (columns > 3)
                y3.fma(factor, FloatVector.fromArray(SPECIES, y, to + 3 * COUNT))
                        .intoArray(y, to + 3 * COUNT);
        }
    }

    /** Returns the first row of outputs to which row i of M gives something. */
    private int firstRow(int i) {
        return i == SIDE - 1 ? step - 1 : 0;
    }

    private int lastRow(int i) {
        return i == 0 ? 0 : step - 1;
    }

    /** Returns A[r, i] where it is not zero: the point to the power of r. */
    private static float power(int i, int r) {
        if (i == SIDE - 1) return 1;
        float power = 1;
        for (int n = 0; n < r; n++) power *= POINTS[i];
        return power;
    }

    /** Row i of V for four tiles and all channels: [6, C, 4, L]; tiles beyond the last are zero. */
    private void transformInputs(float[] x, int i, int block, float[] workspace, int to) {
        for (int k = 0; k < TILE; k++) {
            int tile = block * TILE + k;
            if (tile >= tiles) {
                clear(workspace, to + k * COUNT, channels);
                continue;
            }
            int top = tile / across * step;
            int left = tile % across * step;
            boolean whole = top + SIDE <= height && left + SIDE <= width;
            for (int c = 0; c < channels; c++) {
                int at = BASE + ((c * height + top) * width + left) * COUNT;
                int cell = to + c * CELL + k * COUNT;
                if (whole) {
                    transformInput(x, at, width * COUNT, i, workspace, cell);
                } else {
                    copyPatch(
                            x, at, width, Math.min(SIDE, height - top), Math.min(SIDE, width - left), SIDE, workspace);
                    transformInput(workspace, patchAt(), SIDE * COUNT, i, workspace, cell);
                }
            }
        }
    }

    private static void clear(float[] workspace, int at, int maps) {
        for (int row = 0; row < SIDE * maps; row++) Arrays.fill(workspace, at + row * CELL, at + row * CELL + COUNT, 0);
    }

    /** Copies a part of a map to where all of a tile's values lie, with zeros beyond. */
    private void copyPatch(float[] from, int at, int stride, int rows, int columns, int side, float[] workspace) {
        int patch = patchAt();
        Arrays.fill(workspace, patch, patch + side * side * COUNT, 0);
        for (int r = 0; r < rows; r++)
            System.arraycopy(from, at + r * stride * COUNT, workspace, patch + r * side * COUNT, columns * COUNT);
    }

    /** Row i of Bᵀ·d·B for one tile and channel. */
    private void transformInput(float[] x, int at, int stride, int i, float[] workspace, int to) {
        int r0 = at + ROWS[i][0] * stride, r1 = at + ROWS[i][1] * stride;
        int r2 = at + ROWS[i][2] * stride, r3 = at + ROWS[i][3] * stride;
        FloatVector f0 = FloatVector.broadcast(SPECIES, FACTORS[i][0]),
                f1 = FloatVector.broadcast(SPECIES, FACTORS[i][1]);
        FloatVector f2 = FloatVector.broadcast(SPECIES, FACTORS[i][2]),
                f3 = FloatVector.broadcast(SPECIES, FACTORS[i][3]);
        FloatVector d0 = FloatVector.fromArray(SPECIES, x, r0).mul(f0);
        d0 = FloatVector.fromArray(SPECIES, x, r1).fma(f1, d0);
        d0 = FloatVector.fromArray(SPECIES, x, r2).fma(f2, d0);
        d0 = FloatVector.fromArray(SPECIES, x, r3).fma(f3, d0);
        FloatVector d1 = FloatVector.fromArray(SPECIES, x, r0 + COUNT).mul(f0);
        d1 = FloatVector.fromArray(SPECIES, x, r1 + COUNT).fma(f1, d1);
        d1 = FloatVector.fromArray(SPECIES, x, r2 + COUNT).fma(f2, d1);
        d1 = FloatVector.fromArray(SPECIES, x, r3 + COUNT).fma(f3, d1);
        FloatVector d2 = FloatVector.fromArray(SPECIES, x, r0 + 2 * COUNT).mul(f0);
        d2 = FloatVector.fromArray(SPECIES, x, r1 + 2 * COUNT).fma(f1, d2);
        d2 = FloatVector.fromArray(SPECIES, x, r2 + 2 * COUNT).fma(f2, d2);
        d2 = FloatVector.fromArray(SPECIES, x, r3 + 2 * COUNT).fma(f3, d2);
        FloatVector d3 = FloatVector.fromArray(SPECIES, x, r0 + 3 * COUNT).mul(f0);
        d3 = FloatVector.fromArray(SPECIES, x, r1 + 3 * COUNT).fma(f1, d3);
        d3 = FloatVector.fromArray(SPECIES, x, r2 + 3 * COUNT).fma(f2, d3);
        d3 = FloatVector.fromArray(SPECIES, x, r3 + 3 * COUNT).fma(f3, d3);
        FloatVector d4 = FloatVector.fromArray(SPECIES, x, r0 + 4 * COUNT).mul(f0);
        d4 = FloatVector.fromArray(SPECIES, x, r1 + 4 * COUNT).fma(f1, d4);
        d4 = FloatVector.fromArray(SPECIES, x, r2 + 4 * COUNT).fma(f2, d4);
        d4 = FloatVector.fromArray(SPECIES, x, r3 + 4 * COUNT).fma(f3, d4);
        FloatVector d5 = FloatVector.fromArray(SPECIES, x, r0 + 5 * COUNT).mul(f0);
        d5 = FloatVector.fromArray(SPECIES, x, r1 + 5 * COUNT).fma(f1, d5);
        d5 = FloatVector.fromArray(SPECIES, x, r2 + 5 * COUNT).fma(f2, d5);
        d5 = FloatVector.fromArray(SPECIES, x, r3 + 5 * COUNT).fma(f3, d5);
        FloatVector four = FloatVector.broadcast(SPECIES, 4), minusFour = FloatVector.broadcast(SPECIES, -4);
        FloatVector minusFive = FloatVector.broadcast(SPECIES, -5), two = FloatVector.broadcast(SPECIES, 2);
        FloatVector evenOne = d2.fma(minusFour, d4), oddOne = d1.fma(minusFour, d3);
        FloatVector evenTwo = d4.sub(d2), oddTwo = d3.sub(d1);
        int next = channels * CELL;
        d0.fma(four, d2.fma(minusFive, d4)).intoArray(workspace, to);
        evenOne.add(oddOne).intoArray(workspace, to + next);
        evenOne.sub(oddOne).intoArray(workspace, to + 2 * next);
        oddTwo.fma(two, evenTwo).intoArray(workspace, to + 3 * next);
        evenTwo.sub(oddTwo.mul(two)).intoArray(workspace, to + 4 * next);
        d1.fma(four, d3.fma(minusFive, d5)).intoArray(workspace, to + 5 * next);
    }

    @Override
    public void parameterGradients(
            float[] x, float[] gy, float[] otherX, float[] otherGy, float[] sums, float[] workspace) {
        int groups = x == otherX ? 1 : 2;
        for (int i = 0; i < SIDE; i++) {
            for (int group = 0; group < groups; group++) {
                for (int block = 0; block < blocks; block++) {
                    transformInputs(
                            group == 0 ? x : otherX,
                            i,
                            block,
                            workspace,
                            inputsAt(group) + block * SIDE * channels * CELL);
                    transformOutputs(
                            group == 0 ? gy : otherGy,
                            i,
                            block,
                            workspace,
                            outputsAt(group) + block * SIDE * outputChannels * CELL);
                }
            }
            for (int j = 0, to = i * SIDE * Math.ceilDiv(outputChannels, TILE) * channelTiles * SUMS; j < SIDE; j++) {
                for (int oc = 0; oc < outputChannels; oc += TILE) {
                    int row = Math.min(oc, outputChannels - TILE);
                    for (int c = 0; c < channels; c += TILE, to += SUMS) {
                        weightProduct(workspace, j, row, Math.min(c, channels - TILE), groups);
                        addLanes(workspace, sums, to);
                    }
                }
            }
        }
        int pixels = outputHeight * outputWidth;
        Lanes.addSums(gy, outputChannels, pixels, sums, biasSums());
        if (groups == 2) Lanes.addSums(otherGy, outputChannels, pixels, sums, biasSums());
    }

    private void addLanes(float[] workspace, float[] sums, int to) {
        int from = sumsAt();
        Lanes.fold(workspace, from);
        for (int n = 0; n < SUMS; n += COUNT) {
            FloatVector.fromArray(SPECIES, sums, to + n)
                    .add(FloatVector.fromArray(SPECIES, workspace, from + n))
                    .intoArray(sums, to + n);
        }
    }

    /** Row i of W = A·gy·Aᵀ for four tiles and all output channels: [6, OC, 4, L]; tiles beyond the last are zero. */
    private void transformOutputs(float[] gy, int i, int block, float[] workspace, int to) {
        for (int k = 0; k < TILE; k++) {
            int tile = block * TILE + k;
            if (tile >= tiles) {
                clear(workspace, to + k * COUNT, outputChannels);
                continue;
            }
            int top = tile / across * step;
            int left = tile % across * step;
            boolean whole = top + step <= outputHeight && left + step <= outputWidth;
            for (int oc = 0; oc < outputChannels; oc++) {
                int at = BASE + ((oc * outputHeight + top) * outputWidth + left) * COUNT;
                int cell = to + oc * CELL + k * COUNT;
                float[] from = gy;
                int stride = outputWidth * COUNT;
                if (!whole) {
                    copyPatch(
                            gy,
                            at,
                            outputWidth,
                            Math.min(step, outputHeight - top),
                            Math.min(step, outputWidth - left),
                            step,
                            workspace);
                    from = workspace;
                    at = patchAt();
                    stride = step * COUNT;
                }
                if (step == 2) transformPair(from, at, stride, i, workspace, cell);
                else transformFour(from, at, stride, i, workspace, cell);
            }
        }
    }

    private void transformPair(float[] gy, int at, int stride, int i, float[] workspace, int to) {
        FloatVector g0, g1;
        if (i == 0 || i == SIDE - 1) {
            int row = at + firstRow(i) * stride;
            g0 = FloatVector.fromArray(SPECIES, gy, row);
            g1 = FloatVector.fromArray(SPECIES, gy, row + COUNT);
        } else {
            FloatVector point = FloatVector.broadcast(SPECIES, POINTS[i]);
            g0 = FloatVector.fromArray(SPECIES, gy, at + stride).fma(point, FloatVector.fromArray(SPECIES, gy, at));
            g1 = FloatVector.fromArray(SPECIES, gy, at + stride + COUNT)
                    .fma(point, FloatVector.fromArray(SPECIES, gy, at + COUNT));
        }
        int next = outputChannels * CELL;
        g0.intoArray(workspace, to);
        g0.add(g1).intoArray(workspace, to + next);
        g0.sub(g1).intoArray(workspace, to + 2 * next);
        g1.fma(FloatVector.broadcast(SPECIES, 2), g0).intoArray(workspace, to + 3 * next);
        g1.fma(FloatVector.broadcast(SPECIES, -2), g0).intoArray(workspace, to + 4 * next);
        g1.intoArray(workspace, to + 5 * next);
    }

    private void transformFour(float[] gy, int at, int stride, int i, float[] workspace, int to) {
        int first = at + firstRow(i) * stride;
        FloatVector g0 = FloatVector.fromArray(SPECIES, gy, first),
                g1 = FloatVector.fromArray(SPECIES, gy, first + COUNT),
                g2 = FloatVector.fromArray(SPECIES, gy, first + 2 * COUNT),
                g3 = FloatVector.fromArray(SPECIES, gy, first + 3 * COUNT);
        for (int r = firstRow(i) + 1; r <= lastRow(i); r++) {
            FloatVector factor = FloatVector.broadcast(SPECIES, power(i, r));
            int row = at + r * stride;
            g0 = FloatVector.fromArray(SPECIES, gy, row).fma(factor, g0);
            g1 = FloatVector.fromArray(SPECIES, gy, row + COUNT).fma(factor, g1);
            g2 = FloatVector.fromArray(SPECIES, gy, row + 2 * COUNT).fma(factor, g2);
            g3 = FloatVector.fromArray(SPECIES, gy, row + 3 * COUNT).fma(factor, g3);
        }
        FloatVector four = FloatVector.broadcast(SPECIES, 4), two = FloatVector.broadcast(SPECIES, 2);
        FloatVector evenOne = g0.add(g2),
                oddOne = g1.add(g3),
                evenTwo = g2.fma(four, g0),
                oddTwo = g3.fma(four, g1).mul(two);
        int next = outputChannels * CELL;
        g0.intoArray(workspace, to);
        evenOne.add(oddOne).intoArray(workspace, to + next);
        evenOne.sub(oddOne).intoArray(workspace, to + 2 * next);
        evenTwo.add(oddTwo).intoArray(workspace, to + 3 * next);
        evenTwo.sub(oddTwo).intoArray(workspace, to + 4 * next);
        g3.intoArray(workspace, to + 5 * next);
    }

    /** Sums over tiles of W[4 oc] ∘ V[4 c] at one place, the lanes apart. */
    private void weightProduct(float[] workspace, int j, int oc, int c, int groups) {
        FloatVector s00 = FloatVector.zero(SPECIES), s01 = s00, s02 = s00, s03 = s00;
        FloatVector s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        FloatVector s20 = s00, s21 = s00, s22 = s00, s23 = s00;
        FloatVector s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        int nextInput = SIDE * channels * CELL;
        int nextOutput = SIDE * outputChannels * CELL;
        for (int group = 0; group < groups; group++) {
            int input = inputsAt(group) + (j * channels + c) * CELL;
            int output = outputsAt(group) + (j * outputChannels + oc) * CELL;
            for (int block = 0; block < blocks; block++, input += nextInput, output += nextOutput) {
                for (int k = 0; k < CELL; k += COUNT) {
                    FloatVector v0 = FloatVector.fromArray(SPECIES, workspace, input + k),
                            v1 = FloatVector.fromArray(SPECIES, workspace, input + k + CELL),
                            v2 = FloatVector.fromArray(SPECIES, workspace, input + k + 2 * CELL),
                            v3 = FloatVector.fromArray(SPECIES, workspace, input + k + 3 * CELL);
                    FloatVector a = FloatVector.fromArray(SPECIES, workspace, output + k);
                    s00 = v0.fma(a, s00);
                    s01 = v1.fma(a, s01);
                    s02 = v2.fma(a, s02);
                    s03 = v3.fma(a, s03);
                    FloatVector b = FloatVector.fromArray(SPECIES, workspace, output + k + CELL);
                    s10 = v0.fma(b, s10);
                    s11 = v1.fma(b, s11);
                    s12 = v2.fma(b, s12);
                    s13 = v3.fma(b, s13);
                    FloatVector d = FloatVector.fromArray(SPECIES, workspace, output + k + 2 * CELL);
                    s20 = v0.fma(d, s20);
                    s21 = v1.fma(d, s21);
                    s22 = v2.fma(d, s22);
                    s23 = v3.fma(d, s23);
                    FloatVector e = FloatVector.fromArray(SPECIES, workspace, output + k + 3 * CELL);
                    s30 = v0.fma(e, s30);
                    s31 = v1.fma(e, s31);
                    s32 = v2.fma(e, s32);
                    s33 = v3.fma(e, s33);
                }
            }
        }
        int to = sumsAt();
        s00.intoArray(workspace, to);
        s01.intoArray(workspace, to + COUNT);
        s02.intoArray(workspace, to + 2 * COUNT);
        s03.intoArray(workspace, to + 3 * COUNT);
        s10.intoArray(workspace, to + 4 * COUNT);
        s11.intoArray(workspace, to + 5 * COUNT);
        s12.intoArray(workspace, to + 6 * COUNT);
        s13.intoArray(workspace, to + 7 * COUNT);
        s20.intoArray(workspace, to + 8 * COUNT);
        s21.intoArray(workspace, to + 9 * COUNT);
        s22.intoArray(workspace, to + 10 * COUNT);
        s23.intoArray(workspace, to + 11 * COUNT);
        s30.intoArray(workspace, to + 12 * COUNT);
        s31.intoArray(workspace, to + 13 * COUNT);
        s32.intoArray(workspace, to + 14 * COUNT);
        s33.intoArray(workspace, to + 15 * COUNT);
    }

    @Override
    public void inputGradient(float[] gy, float[] parameters, int weight, float[] gx, float[] workspace) {
        Arrays.fill(gx, BASE, BASE + inputLength(), 0);
        int outputs = outputsAt(0);
        for (int i = 0; i < SIDE; i++) {
            for (int block = 0; block < blocks; block++) {
                transformOutputs(gy, i, block, workspace, outputs);
                for (int j = 0; j < SIDE; j++) {
                    for (int c = 0; c < channels; c += TILE) {
                        int column = Math.min(c, channels - TILE);
                        product(
                                workspace,
                                outputs + j * outputChannels * CELL,
                                outputChannels,
                                (i * SIDE + j) * outputChannels * channels + column,
                                1,
                                channels,
                                sumsAt() + (j * channels + column) * CELL);
                    }
                }
                for (int k = 0; k < TILE && block * TILE + k < tiles; k++) {
                    for (int c = 0; c < channels; c++)
                        addInputs(workspace, sumsAt() + c * CELL + k * COUNT, i, block * TILE + k, c, gx);
                }
            }
        }
    }

    /** Adds what row i of a tile's products gives to the gradients by its inputs: B[·, i] ⊗ (row·Bᵀ). */
    private void addInputs(float[] workspace, int from, int i, int tile, int c, float[] gx) {
        int next = channels * CELL;
        FloatVector n0 = FloatVector.fromArray(SPECIES, workspace, from),
                n1 = FloatVector.fromArray(SPECIES, workspace, from + next),
                n2 = FloatVector.fromArray(SPECIES, workspace, from + 2 * next),
                n3 = FloatVector.fromArray(SPECIES, workspace, from + 3 * next),
                n4 = FloatVector.fromArray(SPECIES, workspace, from + 4 * next),
                n5 = FloatVector.fromArray(SPECIES, workspace, from + 5 * next);
        FloatVector four = FloatVector.broadcast(SPECIES, 4), minusFour = FloatVector.broadcast(SPECIES, -4);
        FloatVector minusFive = FloatVector.broadcast(SPECIES, -5), two = FloatVector.broadcast(SPECIES, 2);
        FloatVector sumOne = n1.add(n2),
                sumTwo = n3.add(n4),
                differenceOne = n1.sub(n2),
                twice = n3.sub(n4).mul(two);
        FloatVector h0 = n0.mul(four);
        FloatVector h1 = differenceOne.fma(minusFour, n5.mul(four)).sub(twice);
        FloatVector h2 = n0.fma(minusFive, sumOne.mul(minusFour)).sub(sumTwo);
        FloatVector h3 = n5.fma(minusFive, differenceOne).add(twice);
        FloatVector h4 = n0.add(sumOne).add(sumTwo);
        int top = tile / across * step;
        int left = tile % across * step;
        int columns = Math.min(SIDE, width - left);
        int at = BASE + ((c * height + top) * width + left) * COUNT;
        int used = i == 0 || i == SIDE - 1 ? 3 : 4;
        for (int n = 0; n < used; n++) {
            int r = ROWS[i][n];
            if (top + r >= height) break;
            FloatVector factor = FloatVector.broadcast(SPECIES, FACTORS[i][n]);
            int to = at + r * width * COUNT;
            h0.fma(factor, FloatVector.fromArray(SPECIES, gx, to)).intoArray(gx, to);
            if (columns > 1)
                h1.fma(factor, FloatVector.fromArray(SPECIES, gx, to + COUNT)).intoArray(gx, to + COUNT);
            if (columns > 2)
                h2.fma(factor, FloatVector.fromArray(SPECIES, gx, to + 2 * COUNT))
                        .intoArray(gx, to + 2 * COUNT);
            if (columns > 3)
                h3.fma(factor, FloatVector.fromArray(SPECIES, gx, to + 3 * COUNT))
                        .intoArray(gx, to + 3 * COUNT);
            if (columns > 4)
                h4.fma(factor, FloatVector.fromArray(SPECIES, gx, to + 4 * COUNT))
                        .intoArray(gx, to + 4 * COUNT);
            if (columns > 5)
                n5.fma(factor, FloatVector.fromArray(SPECIES, gx, to + 5 * COUNT))
                        .intoArray(gx, to + 5 * COUNT);
        }
    }

    /** gw = Gᵀ·S·G for the sums S of a kernel's 36 places. */
    @Override
    public void collect(float[][] sums, int from, int to, float[] gradients, int weight, int bias) {
        int side = kernelSize;
        int next = Math.ceilDiv(outputChannels, TILE) * channelTiles * SUMS;
        float[] half = new float[SIDE * 5];
        float[] line = new float[SIDE];
        float[] out = new float[5];
        for (int oc = from; oc < to; oc++) {
            int rowTile = oc / TILE;
            int row = oc - Math.min(rowTile * TILE, outputChannels - TILE);
            for (int c = 0; c < channels; c++) {
                int columnTile = c / TILE;
                int column = c - Math.min(columnTile * TILE, channels - TILE);
                int at = (rowTile * channelTiles + columnTile) * SUMS + Lanes.foldedPlace(row * TILE + column);
                for (int i = 0; i < SIDE; i++) {
                    for (int j = 0; j < SIDE; j++, at += next) {
                        float sum = 0;
                        for (float[] part : sums) sum += part[at];
                        line[j] = sum;
                    }
                    interpolate(line, out);
                    for (int x = 0; x < side; x++) half[x * SIDE + i] = out[x];
                }
                int g = weight + (oc * channels + c) * side * side;
                for (int x = 0; x < side; x++) {
                    System.arraycopy(half, x * SIDE, line, 0, SIDE);
                    interpolate(line, out);
                    for (int y = 0; y < side; y++) gradients[g + y * side + x] = out[y];
                }
            }
            if (bias < 0) continue;
            float sum = 0;
            for (float[] part : sums) sum += part[biasSums() + oc];
            gradients[bias + oc] = sum;
        }
    }

    /** out = Gᵀ·line, k numbers. */
    private void interpolate(float[] line, float[] out) {
        float sumOne = ONE * (line[1] + line[2]), differenceOne = ONE * (line[1] - line[2]);
        float sumTwo = TWO * (line[3] + line[4]), differenceTwo = TWO * (line[3] - line[4]);
        out[0] = line[0] / 4 + sumOne + sumTwo;
        out[1] = differenceOne + 2 * differenceTwo;
        out[2] = sumOne + 4 * sumTwo;
        if (kernelSize == 5) {
            out[3] = differenceOne + 8 * differenceTwo;
            out[4] = sumOne + 16 * sumTwo + line[5];
        } else {
            out[2] += line[5];
        }
    }
}
