package io.fovea.map;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;
import static io.fovea.map.ProductTile.ROWS;

import io.fovea.kernel.Lanes;
import io.fovea.network.Padding;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Convolution of any kernel size, stride and dilation as one matrix product: rows are output pixels, columns output channels.
 *
 * <p>The input is not copied: a table says where the inputs under each tap of each output pixel begin, and taps beyond an edge
 * point to a pixel of zeros. A dense layer is the case of one output pixel.
 *
 * <p>The weights of one pass stay in the first-level cache while some hundred pixels pass by, and these in the second-level
 * cache while all weights pass by.
 */
public final class DirectConvolution implements MapConvolution {

    /** How many inputs a pass sums over at most: with four vectors of weights for each, 40 KB. */
    private static final int PASS = 160;
    /** Tiles whose inputs and sums stay in the second-level cache while all weights pass by. */
    private static final int CHUNK = 64;

    private final int outputChannels;
    private final int outputHeight;
    private final int outputWidth;
    private final int segments;
    private final int depth;
    private final PackedMatrix weights;
    private final float[] bias;
    private final float[] zeros;
    private final int[] table;

    /**
     * Takes over weights [OC, C, KH, KW] and biases [OC].
     *
     * @param input any maps of the shape that will be convolved; if they have a margin, it must hold the padding
     */
    public DirectConvolution(
            ChannelMaps input,
            int outputChannels,
            int kernelHeight,
            int kernelWidth,
            int stride,
            Padding padding,
            int dilation,
            float[] weight,
            float[] bias) {
        this.outputChannels = outputChannels;
        int channels = input.channels;
        outputHeight =
                (input.height + padding.top() + padding.bottom() - dilation * (kernelHeight - 1) - 1) / stride + 1;
        outputWidth = (input.width + padding.left() + padding.right() - dilation * (kernelWidth - 1) - 1) / stride + 1;
        // where channels are not rounded up, a row of the kernel is one segment
        boolean rowwise = input.stride == channels && dilation == 1 && input.holds(padding);
        int across = rowwise ? 1 : kernelWidth;
        segments = kernelHeight * across;
        depth = rowwise ? kernelWidth * channels : channels;
        weights = new PackedMatrix(1, segments * depth, outputChannels);
        for (int oc = 0, i = 0; oc < outputChannels; oc++) {
            for (int c = 0; c < channels; c++) {
                for (int ky = 0; ky < kernelHeight; ky++) {
                    for (int kx = 0; kx < kernelWidth; kx++)
                        weights.set(0, (ky * kernelWidth + kx) * channels + c, oc, weight[i++]);
                }
            }
        }
        this.bias = Lanes.allocate(ChannelMaps.rounded(outputChannels));
        System.arraycopy(bias, 0, this.bias, BASE, outputChannels);
        zeros = Lanes.allocate(ChannelMaps.rounded(outputChannels));
        table = new int[outputHeight * outputWidth * segments];
        int t = 0;
        for (int oy = 0; oy < outputHeight; oy++) {
            for (int ox = 0; ox < outputWidth; ox++) {
                for (int ky = 0; ky < kernelHeight; ky++) {
                    for (int kx = 0; kx < across; kx++) {
                        int y = oy * stride - padding.top() + ky * dilation;
                        int x = ox * stride - padding.left() + kx * dilation;
                        boolean inside = y >= 0 && y < input.height && x >= 0 && x < input.width;
                        table[t++] = inside || rowwise ? input.at(y, x) : OUTSIDE;
                    }
                }
            }
        }
    }

    private static final int OUTSIDE = Integer.MIN_VALUE;

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
        int tiles = Math.ceilDiv(pictures * outputHeight * outputWidth, ROWS);
        workspace.growSegments(tiles * segments * ROWS);
        locate(x, pictures, tiles, workspace.segments);
        int segmentsPerPass = Math.max(1, PASS / depth);
        int depthPerPass = Math.ceilDiv(depth, Math.ceilDiv(depth, PASS));
        for (int tile = 0; tile < tiles; tile += CHUNK) {
            int end = Math.min(tiles, tile + CHUNK);
            for (int block = 0; block < weights.blocks(); block++) {
                for (int s = 0; s < segments; s += segmentsPerPass) {
                    int last = Math.min(segments, s + segmentsPerPass);
                    for (int k = 0; k < depth; k += depthPerPass) {
                        int deep = Math.min(depthPerPass, depth - k);
                        pass(x, other, pictures, tile, end, block, s, last, k, deep, clamp, y, workspace);
                    }
                }
            }
        }
    }

    /** Writes where each tile's segments begin: [tiles, segments, ROWS]. */
    private void locate(ChannelMaps x, int pictures, int tiles, int[] rows) {
        int pixels = outputHeight * outputWidth;
        for (int n = 0, r = 0; n < pictures; n++) {
            int start = x.start(n);
            for (int from = 0; from < pixels * segments; from += segments, r++) {
                int to = r / ROWS * segments * ROWS + r % ROWS;
                for (int s = 0; s < segments; s++, to += ROWS) {
                    int at = table[from + s];
                    rows[to] = at == OUTSIDE ? x.zero() : start + at;
                }
            }
        }
        // rows beyond the last pixel repeat it
        for (int r = pictures * pixels; r < tiles * ROWS; r++) {
            int to = (tiles - 1) * segments * ROWS + r % ROWS;
            for (int s = 0; s < segments; s++, to += ROWS) rows[to] = rows[to - 1];
        }
    }

    private void pass(
            ChannelMaps x,
            Optional<ChannelMaps> other,
            int pictures,
            int firstTile,
            int endTile,
            int block,
            int first,
            int last,
            int skip,
            int deep,
            Clamp clamp,
            ChannelMaps y,
            MapWorkspace workspace) {
        boolean begins = first == 0 && skip == 0;
        boolean ends = last == segments && skip + deep == depth;
        // the sums begin at the other maps or at zero, in later passes where the pass before left them
        float[] initial = begins ? other.map(maps -> maps.values).orElse(zeros) : y.values;
        int initialStart = begins ? other.map(maps -> maps.start(0)).orElse(BASE) : y.start(0);
        int initialStride = begins && other.isEmpty() ? 0 : y.stride;
        int[] from = workspace.from;
        int[] to = workspace.to;
        int column = weights.column(block);
        int w = weights.at(0, block, first * depth + skip);
        int count = pictures * outputHeight * outputWidth;
        for (int tile = firstTile; tile < endTile; tile++) {
            for (int r = 0; r < ROWS; r++) {
                int pixel = Math.min(tile * ROWS + r, count - 1);
                to[r] = y.start(0) + pixel * y.stride;
                from[r] = initialStart + pixel * initialStride;
            }
            int at = tile * segments;
            if (weights.isWide(block)) {
                ProductTile.wide(
                        x.values,
                        workspace.segments,
                        at + first,
                        at + last,
                        skip,
                        deep,
                        weights.values,
                        w,
                        initial,
                        from,
                        y.values,
                        to,
                        column);
            } else {
                ProductTile.narrow(
                        x.values,
                        workspace.segments,
                        at + first,
                        at + last,
                        skip,
                        deep,
                        weights.values,
                        w,
                        initial,
                        from,
                        y.values,
                        to,
                        column);
            }
            if (ends) {
                int size = weights.isWide(block) ? ProductTile.COLUMNS * COUNT : COUNT;
                int rows = Math.min(ROWS, count - tile * ROWS);
                finish(y.values, to, rows, column, size, clamp.floor(), clamp.ceiling());
            }
        }
    }

    private void finish(float[] y, int[] to, int rows, int column, int size, float floor, float ceiling) {
        FloatVector low = FloatVector.broadcast(SPECIES, floor);
        FloatVector high = FloatVector.broadcast(SPECIES, ceiling);
        for (int r = 0; r < rows; r++) {
            for (int c = column; c < column + size; c += COUNT) {
                FloatVector v = FloatVector.fromArray(SPECIES, y, to[r] + c)
                        .add(FloatVector.fromArray(SPECIES, bias, BASE + c));
                v = v.blend(low, v.compare(VectorOperators.LT, low));
                v = v.blend(high, v.compare(VectorOperators.GT, high));
                v.intoArray(y, to[r] + c);
            }
        }
    }
}
