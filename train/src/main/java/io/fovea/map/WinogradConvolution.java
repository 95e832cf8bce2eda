package io.fovea.map;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;
import static io.fovea.map.ProductTile.ROWS;

import io.fovea.kernel.Lanes;
import io.fovea.network.Padding;
import java.util.Arrays;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Convolution with kernels of 3x3 and stride 1 by Winograd's minimal filtering F(4x4, 3x3): a quarter of the multiplications.
 *
 * <p>The output is cut into tiles of 4x4. Each tile's 6x6 inputs d become V = Bᵀ·d·B, the kernels g once become U = G·g·Gᵀ; for each
 * of the 36 places one matrix product over the channels, M = V·U, and the tile is Aᵀ·M·A. Tiles that reach over the right or
 * lower edge compute pixels that nobody reads.
 *
 * <p>Some tiles at a time go through all steps, so that V and M stay in the second-level cache and each weight that is loaded
 * serves all of them.
 *
 * <p>Source: Lavin and Gray 2015, arXiv:1509.09308, section 4.3.
 */
public final class WinogradConvolution implements MapConvolution {

    private static final int SIDE = 4;
    private static final int REACH = 6;
    private static final int PLACES = REACH * REACH;
    private static final int OUTSIDE = Integer.MIN_VALUE;
    /** Tiles that go through all steps together. */
    private static final int TILES = 64;
    /** The same where the weights are too many for the cache, so that loading them must serve more tiles. */
    private static final int TILES_FOR_LARGE_WEIGHTS = 128;

    private static final int LARGE_WEIGHTS = 1_000_000;
    /** How many channels a pass of the products sums over at most: with four vectors of weights for each, 32 KB. */
    private static final int PASS = 128;

    private static final double[][] KERNEL = {
        {1 / 4.0, 0, 0},
        {-1 / 6.0, -1 / 6.0, -1 / 6.0},
        {-1 / 6.0, 1 / 6.0, -1 / 6.0},
        {1 / 24.0, 1 / 12.0, 1 / 6.0},
        {1 / 24.0, -1 / 12.0, 1 / 6.0},
        {0, 0, 1}
    };

    private final int channels;
    private final int outputChannels;
    private final int outputHeight;
    private final int outputWidth;
    private final int tilesPerPicture;
    private final int chunk;
    private final int depth;
    private final int columns;
    private final int inputCell;
    private final int sumCell;
    private final PackedMatrix weights;
    private final float[] bias;
    private final float[] zeros;
    private final int[] inputTable;
    private final int[] outputTable;

    /** Takes over weights [OC, C, 3, 3] and biases [OC] for maps like {@code input}, which have no margin. */
    public WinogradConvolution(ChannelMaps input, int outputChannels, Padding padding, float[] weight, float[] bias) {
        this.outputChannels = outputChannels;
        channels = input.channels;
        depth = input.stride;
        columns = ChannelMaps.rounded(outputChannels);
        outputHeight = input.height + padding.top() + padding.bottom() - 2;
        outputWidth = input.width + padding.left() + padding.right() - 2;
        int across = Math.ceilDiv(outputWidth, SIDE);
        tilesPerPicture = Math.ceilDiv(outputHeight, SIDE) * across;
        // an odd number of cache lines, so that the 36 places of a tile do not meet in one set of the cache
        inputCell = ROWS * depth + COUNT;
        sumCell = ROWS * columns + COUNT;
        weights = new PackedMatrix(PLACES, depth, outputChannels);
        chunk = weights.values.length > LARGE_WEIGHTS ? TILES_FOR_LARGE_WEIGHTS : TILES;
        transformKernels(weight);
        this.bias = Lanes.allocate(columns);
        System.arraycopy(bias, 0, this.bias, BASE, outputChannels);
        zeros = Lanes.allocate(columns);
        inputTable = new int[tilesPerPicture * PLACES];
        outputTable = new int[tilesPerPicture * SIDE * SIDE];
        for (int tile = 0, i = 0, o = 0; tile < tilesPerPicture; tile++) {
            int top = tile / across * SIDE;
            int left = tile % across * SIDE;
            for (int y = top - padding.top(); y < top - padding.top() + REACH; y++) {
                for (int x = left - padding.left(); x < left - padding.left() + REACH; x++) {
                    boolean inside = y >= 0 && y < input.height && x >= 0 && x < input.width;
                    inputTable[i++] = inside ? input.at(y, x) : OUTSIDE;
                }
            }
            for (int y = top; y < top + SIDE; y++) {
                for (int x = left; x < left + SIDE; x++) {
                    boolean inside = y < outputHeight && x < outputWidth;
                    outputTable[o++] = inside ? (y * outputWidth + x) * columns : OUTSIDE;
                }
            }
        }
    }

    private void transformKernels(float[] weight) {
        double[] half = new double[REACH * 3];
        for (int oc = 0; oc < outputChannels; oc++) {
            for (int c = 0; c < channels; c++) {
                int g = (oc * channels + c) * 9;
                for (int i = 0; i < REACH; i++) {
                    for (int x = 0; x < 3; x++) {
                        double sum = 0;
                        for (int y = 0; y < 3; y++) sum += KERNEL[i][y] * weight[g + y * 3 + x];
                        half[i * 3 + x] = sum;
                    }
                }
                for (int i = 0; i < REACH; i++) {
                    for (int j = 0; j < REACH; j++) {
                        double sum = 0;
                        for (int x = 0; x < 3; x++) sum += half[i * 3 + x] * KERNEL[j][x];
                        weights.set(i * REACH + j, c, oc, (float) sum);
                    }
                }
            }
        }
    }

    @Override
    public int weightLength() {
        return weights.values.length;
    }

    @Override
    public int[] outputShape() {
        return new int[] {outputChannels, outputHeight, outputWidth};
    }

    @Override
    public void forward(ChannelMaps x, int pictures, Clamp clamp, ChannelMaps y, MapWorkspace workspace) {
        convolve(x, Optional.empty(), pictures, clamp, y, workspace);
    }

    @Override
    public void forward(
            ChannelMaps x, ChannelMaps other, int pictures, Clamp clamp, ChannelMaps y, MapWorkspace workspace) {
        convolve(x, Optional.of(other), pictures, clamp, y, workspace);
    }

    private void convolve(
            ChannelMaps x,
            Optional<ChannelMaps> other,
            int pictures,
            Clamp clamp,
            ChannelMaps y,
            MapWorkspace workspace) {
        int blocks = chunk / ROWS;
        workspace.grow(BASE + blocks * PLACES * inputCell, BASE + blocks * PLACES * sumCell);
        Arrays.fill(workspace.from, BASE);
        Arrays.fill(workspace.others, BASE);
        float[] added = other.map(maps -> maps.values).orElse(zeros);
        int tiles = pictures * tilesPerPicture;
        for (int first = 0; first < tiles; first += chunk) {
            int count = Math.min(chunk, tiles - first);
            for (int t = 0; t < count; t++) {
                locateInputs(x, first + t, workspace.pixels);
                transformInputs(
                        x.values,
                        workspace.pixels,
                        workspace.cell,
                        workspace.inputs,
                        BASE + t / ROWS * PLACES * inputCell + t % ROWS * depth);
            }
            multiply(Math.ceilDiv(count, ROWS), workspace);
            for (int t = 0; t < count; t++) {
                locateOutputs(y, first + t, workspace.places);
                if (other.isPresent()) locateOutputs(other.get(), first + t, workspace.others);
                transformSums(
                        workspace.sums,
                        BASE + t / ROWS * PLACES * sumCell + t % ROWS * columns,
                        workspace.cell,
                        added,
                        workspace.others,
                        clamp.floor(),
                        clamp.ceiling(),
                        y.values,
                        workspace.places);
            }
        }
    }

    private void locateInputs(ChannelMaps x, int tile, int[] pixels) {
        int start = x.start(tile / tilesPerPicture);
        int from = tile % tilesPerPicture * PLACES;
        for (int i = 0; i < PLACES; i++) {
            int at = inputTable[from + i];
            pixels[i] = at == OUTSIDE ? x.zero() : start + at;
        }
    }

    private void locateOutputs(ChannelMaps y, int tile, int[] pixels) {
        int start = y.start(tile / tilesPerPicture);
        int from = tile % tilesPerPicture * SIDE * SIDE;
        for (int i = 0; i < SIDE * SIDE; i++) {
            int at = outputTable[from + i];
            pixels[i] = at == OUTSIDE ? y.nowhere() : start + at;
        }
    }

    /** V = Bᵀ·d·B for one tile, all channels; first down the columns, then along the rows. */
    private void transformInputs(float[] x, int[] pixels, float[] cell, float[] v, int to) {
        for (int c = 0; c < depth; c += COUNT) {
            for (int j = 0; j < REACH; j++) {
                FloatVector d0 = FloatVector.fromArray(SPECIES, x, pixels[j] + c),
                        d1 = FloatVector.fromArray(SPECIES, x, pixels[REACH + j] + c),
                        d2 = FloatVector.fromArray(SPECIES, x, pixels[2 * REACH + j] + c),
                        d3 = FloatVector.fromArray(SPECIES, x, pixels[3 * REACH + j] + c),
                        d4 = FloatVector.fromArray(SPECIES, x, pixels[4 * REACH + j] + c),
                        d5 = FloatVector.fromArray(SPECIES, x, pixels[5 * REACH + j] + c);
                FloatVector four = FloatVector.broadcast(SPECIES, 4f), five = FloatVector.broadcast(SPECIES, -5f);
                FloatVector two = FloatVector.broadcast(SPECIES, 2f), minus = FloatVector.broadcast(SPECIES, -4f);
                FloatVector a = d2.fma(minus, d4),
                        b = d1.fma(minus, d3),
                        e = d4.sub(d2),
                        f = d3.sub(d1).mul(two);
                int at = BASE + j * COUNT;
                d0.fma(four, d2.fma(five, d4)).intoArray(cell, at);
                a.add(b).intoArray(cell, at + REACH * COUNT);
                a.sub(b).intoArray(cell, at + 2 * REACH * COUNT);
                e.add(f).intoArray(cell, at + 3 * REACH * COUNT);
                e.sub(f).intoArray(cell, at + 4 * REACH * COUNT);
                d1.fma(four, d3.fma(five, d5)).intoArray(cell, at + 5 * REACH * COUNT);
            }
            for (int i = 0; i < REACH; i++) {
                int from = BASE + i * REACH * COUNT;
                FloatVector d0 = FloatVector.fromArray(SPECIES, cell, from),
                        d1 = FloatVector.fromArray(SPECIES, cell, from + COUNT),
                        d2 = FloatVector.fromArray(SPECIES, cell, from + 2 * COUNT),
                        d3 = FloatVector.fromArray(SPECIES, cell, from + 3 * COUNT),
                        d4 = FloatVector.fromArray(SPECIES, cell, from + 4 * COUNT),
                        d5 = FloatVector.fromArray(SPECIES, cell, from + 5 * COUNT);
                FloatVector four = FloatVector.broadcast(SPECIES, 4f), five = FloatVector.broadcast(SPECIES, -5f);
                FloatVector two = FloatVector.broadcast(SPECIES, 2f), minus = FloatVector.broadcast(SPECIES, -4f);
                FloatVector a = d2.fma(minus, d4),
                        b = d1.fma(minus, d3),
                        e = d4.sub(d2),
                        f = d3.sub(d1).mul(two);
                int at = to + i * REACH * inputCell + c;
                d0.fma(four, d2.fma(five, d4)).intoArray(v, at);
                a.add(b).intoArray(v, at + inputCell);
                a.sub(b).intoArray(v, at + 2 * inputCell);
                e.add(f).intoArray(v, at + 3 * inputCell);
                e.sub(f).intoArray(v, at + 4 * inputCell);
                d1.fma(four, d3.fma(five, d5)).intoArray(v, at + 5 * inputCell);
            }
        }
    }

    /** M = V·U for each of the 36 places. */
    private void multiply(int blocks, MapWorkspace workspace) {
        int depthPerPass = Math.ceilDiv(depth, Math.ceilDiv(depth, PASS));
        for (int place = 0; place < PLACES; place++) {
            for (int block = 0; block < weights.blocks(); block++) {
                for (int k = 0; k < depth; k += depthPerPass) {
                    pass(place, block, k, Math.min(depthPerPass, depth - k), blocks, workspace);
                }
            }
        }
    }

    private void pass(int place, int block, int skip, int deep, int blocks, MapWorkspace workspace) {
        float[] initial = skip == 0 ? zeros : workspace.sums;
        int[] rows = workspace.rows;
        int[] to = workspace.to;
        int[] from = skip == 0 ? workspace.from : to;
        int w = weights.at(place, block, skip);
        int column = weights.column(block);
        for (int t = 0; t < blocks; t++) {
            int input = BASE + (t * PLACES + place) * inputCell;
            int sum = BASE + (t * PLACES + place) * sumCell;
            for (int r = 0; r < ROWS; r++) {
                rows[r] = input + r * depth;
                to[r] = sum + r * columns;
            }
            if (weights.isWide(block))
                ProductTile.wide(
                        workspace.inputs,
                        rows,
                        0,
                        1,
                        skip,
                        deep,
                        weights.values,
                        w,
                        initial,
                        from,
                        workspace.sums,
                        to,
                        column);
            else
                ProductTile.narrow(
                        workspace.inputs,
                        rows,
                        0,
                        1,
                        skip,
                        deep,
                        weights.values,
                        w,
                        initial,
                        from,
                        workspace.sums,
                        to,
                        column);
        }
    }

    /** y = clamp(Aᵀ·M·A + bias + other) for one tile, all output channels; first down the columns, then along the rows. */
    private void transformSums(
            float[] m,
            int from,
            float[] cell,
            float[] other,
            int[] others,
            float floor,
            float ceiling,
            float[] y,
            int[] places) {
        for (int c = 0; c < columns; c += COUNT) {
            for (int j = 0; j < REACH; j++) {
                int at = from + j * sumCell + c;
                int next = REACH * sumCell;
                FloatVector m0 = FloatVector.fromArray(SPECIES, m, at),
                        m1 = FloatVector.fromArray(SPECIES, m, at + next),
                        m2 = FloatVector.fromArray(SPECIES, m, at + 2 * next),
                        m3 = FloatVector.fromArray(SPECIES, m, at + 3 * next),
                        m4 = FloatVector.fromArray(SPECIES, m, at + 4 * next),
                        m5 = FloatVector.fromArray(SPECIES, m, at + 5 * next);
                FloatVector two = FloatVector.broadcast(SPECIES, 2f),
                        four = FloatVector.broadcast(SPECIES, 4f),
                        eight = FloatVector.broadcast(SPECIES, 8f);
                FloatVector s = m1.add(m2), d = m1.sub(m2), t = m3.add(m4), u = m3.sub(m4);
                int to = BASE + j * COUNT;
                m0.add(s).add(t).intoArray(cell, to);
                u.fma(two, d).intoArray(cell, to + REACH * COUNT);
                t.fma(four, s).intoArray(cell, to + 2 * REACH * COUNT);
                u.fma(eight, d).add(m5).intoArray(cell, to + 3 * REACH * COUNT);
            }
            FloatVector b = FloatVector.fromArray(SPECIES, bias, BASE + c);
            FloatVector low = FloatVector.broadcast(SPECIES, floor);
            FloatVector high = FloatVector.broadcast(SPECIES, ceiling);
            for (int i = 0; i < SIDE; i++) {
                int at = BASE + i * REACH * COUNT;
                FloatVector m0 = FloatVector.fromArray(SPECIES, cell, at),
                        m1 = FloatVector.fromArray(SPECIES, cell, at + COUNT),
                        m2 = FloatVector.fromArray(SPECIES, cell, at + 2 * COUNT),
                        m3 = FloatVector.fromArray(SPECIES, cell, at + 3 * COUNT),
                        m4 = FloatVector.fromArray(SPECIES, cell, at + 4 * COUNT),
                        m5 = FloatVector.fromArray(SPECIES, cell, at + 5 * COUNT);
                FloatVector two = FloatVector.broadcast(SPECIES, 2f),
                        four = FloatVector.broadcast(SPECIES, 4f),
                        eight = FloatVector.broadcast(SPECIES, 8f);
                FloatVector s = m1.add(m2), d = m1.sub(m2), t = m3.add(m4), u = m3.sub(m4);
                int o = i * SIDE;
                FloatVector y0 = m0.add(s).add(t).add(b).add(FloatVector.fromArray(SPECIES, other, others[o] + c));
                FloatVector y1 = u.fma(two, d).add(b).add(FloatVector.fromArray(SPECIES, other, others[o + 1] + c));
                FloatVector y2 = t.fma(four, s).add(b).add(FloatVector.fromArray(SPECIES, other, others[o + 2] + c));
                FloatVector y3 =
                        u.fma(eight, d).add(m5).add(b).add(FloatVector.fromArray(SPECIES, other, others[o + 3] + c));
                y0 = y0.blend(low, y0.compare(VectorOperators.LT, low));
                y1 = y1.blend(low, y1.compare(VectorOperators.LT, low));
                y2 = y2.blend(low, y2.compare(VectorOperators.LT, low));
                y3 = y3.blend(low, y3.compare(VectorOperators.LT, low));
                y0.blend(high, y0.compare(VectorOperators.GT, high)).intoArray(y, places[o] + c);
                y1.blend(high, y1.compare(VectorOperators.GT, high)).intoArray(y, places[o + 1] + c);
                y2.blend(high, y2.compare(VectorOperators.GT, high)).intoArray(y, places[o + 2] + c);
                y3.blend(high, y3.compare(VectorOperators.GT, high)).intoArray(y, places[o + 3] + c);
            }
        }
    }
}
