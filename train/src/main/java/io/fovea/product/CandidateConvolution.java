package io.fovea.product;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import io.fovea.kernel.Lanes;
import io.fovea.map.ProductTile;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.FloatVector;

/**
 * How much the squared error of a linear head on pooled maps becomes when one filter of the convolution is replaced, for many
 * candidates at once.
 *
 * <p>A candidate is one filter [C, K, K] with its bias; all others stay as they are. So the maps before the convolution, the head's outputs and
 * the share of the replaced filter in them are computed once per picture, and a candidate costs 1/OC of the convolution.
 *
 * <p>Formula: loss[j] = Σ_n Σ_t (e[n, t] − Σ_w h[t, w, f]·v[n, w, f] + Σ_w h[t, w, f]·u[n, w, j])², with f the filter that candidate j
 * replaces, e the head's error, v the pooled maps, u the candidate's pooled maps, h the head.
 * <p>Cost: N·4·PH·PW·C·K·K multiply-adds per candidate, about half of the processor's speed in plain multiply-adds.
 *
 * <p>The sums of a chunk of pictures are 32-bit and made in the same order with any number of threads; {@link ChunkSums} adds them.
 */
public final class CandidateConvolution {

    /** How many candidates go through the tile side by side; so few that half of it would be empty take half a tile. */
    private static final int WIDEST = ProductTile.COLUMNS * COUNT;

    private static final int WINDOW = ProductTile.ROWS;

    private final PooledConvolution convolution;
    private final int targets;
    private final Workers workers;
    private final Bench[] benches;

    /**
     * Prepares.
     *
     * @param convolution of the current filters
     * @param targets     T, the head's outputs
     */
    public CandidateConvolution(PooledConvolution convolution, int targets, Workers workers) {
        this.convolution = convolution;
        this.targets = targets;
        this.workers = workers;
        benches = new Bench[workers.count()];
        for (int part = 0; part < benches.length; part++) benches[part] = new Bench();
    }

    /**
     * What all candidates share as long as pictures, filters and head stay the same.
     *
     * @param maps     [N, H, W, C] before the convolution
     * @param pictures N
     * @param without  [N, T, OC] what the head's errors are without each filter's share
     * @param head     [PH·PW, T, OC]
     */
    public record Context(float[] maps, int pictures, float[] without, float[] head) {}

    /**
     * Computes what all candidates share.
     *
     * @param maps     [N, H, W, C] before the convolution
     * @param pictures N
     * @param features [N, PH·PW·OC] the pooled maps of the current filters
     * @param errors   [N, T] outputs of the head minus what they should be
     * @param head     [PH·PW, T, OC]
     */
    public Context context(float[] maps, int pictures, float[] features, float[] errors, float[] head) {
        float[] without = new float[pictures * targets * convolution.outputChannels()];
        workers.ranges(pictures, 1, (from, to) -> {
            for (int n = from; n < to; n++) leaveOut(features, errors, head, n, without);
        });
        return new Context(maps, pictures, without, head);
    }

    private void leaveOut(float[] features, float[] errors, float[] head, int n, float[] without) {
        int channels = convolution.outputChannels();
        for (int t = 0; t < targets; t++) {
            int at = (n * targets + t) * channels;
            Arrays.fill(without, at, at + channels, errors[n * targets + t]);
        }
        for (int window = 0; window < convolution.windowCount(); window++) {
            int v = n * convolution.outputLength() + window * channels;
            for (int t = 0; t < targets; t++) {
                int h = (window * targets + t) * channels;
                int at = (n * targets + t) * channels;
                for (int o = 0; o < channels; o++) without[at + o] -= head[h + o] * features[v + o];
            }
        }
    }

    /**
     * Returns each candidate's loss, sums over all targets and the pictures of a chunk.
     *
     * @param candidates [J, C·K·K + 1] filters, each its weights in the order [C, K, K], then its bias
     * @param filters    [J] which filter a candidate replaces
     */
    public ChunkSums losses(Context context, float[] candidates, int[] filters) {
        int count = filters.length;
        int width = count <= WIDEST / 2 ? WIDEST / 2 : WIDEST;
        int blocks = Math.ceilDiv(count, width);
        float[] packed = Lanes.allocate(blocks * convolution.depth() * width);
        float[] biases = Lanes.allocate(blocks * width);
        int[][] arrangement = new int[blocks][width];
        workers.ranges(blocks, 1, (from, to) -> {
            for (int block = from; block < to; block++) pack(candidates, count, block, width, packed, biases);
        });
        for (int j = 0; j < blocks * width; j++) arrangement[j / width][j % width] = filters[Math.min(j, count - 1)];
        float[][] head = new float[blocks][];
        for (int block = 0; block < blocks; block++) {
            // blocks of the same filters in the same order share one copy, which then stays in the second-level cache
            boolean known = block > 0 && Arrays.equals(arrangement[block], arrangement[block - 1]);
            head[block] = known ? head[block - 1] : arranged(context.head(), arrangement[block]);
        }

        int chunks = ChunkSums.chunks(context.pictures());
        float[][] partial = new float[chunks][blocks * width];
        AtomicInteger next = new AtomicInteger();
        workers.run(part -> {
            for (int chunk = next.getAndIncrement(); chunk < chunks; chunk = next.getAndIncrement()) {
                int end = Math.min(context.pictures(), (chunk + 1) * ChunkSums.PICTURES);
                for (int n = chunk * ChunkSums.PICTURES; n < end; n++) {
                    benches[part].picture(context, n, packed, biases, arrangement, head, partial[chunk]);
                }
            }
        });
        double[] sums = new double[chunks * count];
        for (int chunk = 0; chunk < chunks; chunk++) {
            for (int j = 0; j < count; j++) sums[chunk * count + j] = partial[chunk][j];
        }
        return new ChunkSums(count, sums);
    }

    /** Lays candidates out as {@link ProductTile} reads them: [C·K·K, width]; columns beyond the last are zero. */
    private void pack(float[] candidates, int count, int block, int width, float[] packed, float[] biases) {
        int depth = convolution.depth();
        int size = convolution.kernelSize();
        int first = block * width;
        for (int j = first; j < Math.min(count, first + width); j++) {
            int i = j * (depth + 1);
            for (int c = 0; c < convolution.channels(); c++) {
                for (int ky = 0; ky < size; ky++) {
                    for (int kx = 0; kx < size; kx++) {
                        packed[BASE + block * depth * width + convolution.row(c, ky, kx) * width + j - first] =
                                candidates[i++];
                    }
                }
            }
            biases[BASE + j] = candidates[i];
        }
    }

    /** Returns the head's weights of each column's filter: [PH·PW, T, width]. */
    private float[] arranged(float[] head, int[] filters) {
        int channels = convolution.outputChannels();
        int width = filters.length;
        int rows = convolution.windowCount() * targets;
        float[] arranged = Lanes.allocate(rows * width);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) arranged[BASE + row * width + j] = head[row * channels + filters[j]];
        }
        return arranged;
    }

    /** What one thread works on. */
    private final class Bench {
        private final int[] rows = new int[convolution.table().length];
        private final int[] from = new int[WINDOW];
        private final int[] to = new int[WINDOW];
        private final float[] sums = Lanes.allocate(convolution.windowCount() * WINDOW * WIDEST);
        private final float[] errors = Lanes.allocate(targets * WIDEST);

        void picture(
                Context context,
                int n,
                float[] packed,
                float[] biases,
                int[][] arrangement,
                float[][] head,
                float[] losses) {
            int length = context.maps().length / context.pictures();
            for (int i = 0; i < rows.length; i++) rows[i] = convolution.table()[i] + n * length;
            for (int block = 0; block < arrangement.length; block++) {
                int width = arrangement[block].length;
                convolve(context.maps(), packed, block, width, biases);
                begin(context.without(), n, arrangement[block]);
                for (int window = 0; window < convolution.windowCount(); window++) {
                    CandidateConvolution.add(sums, window, head[block], targets, errors, width);
                }
                CandidateConvolution.square(errors, targets * width, losses, block * width, width);
            }
        }

        private void convolve(float[] maps, float[] packed, int block, int width, float[] biases) {
            int kernelSize = convolution.kernelSize();
            int deep = kernelSize * convolution.channels();
            for (int s = 0; s < kernelSize; s += convolution.segmentsPerPass()) {
                int last = Math.min(kernelSize, s + convolution.segmentsPerPass());
                int w = BASE + (block * convolution.depth() + s * deep) * width;
                for (int window = 0; window < convolution.windowCount(); window++) {
                    for (int r = 0; r < WINDOW; r++) {
                        to[r] = BASE + (window * WINDOW + r) * width;
                        from[r] = s == 0 ? BASE + block * width : to[r];
                    }
                    int begin = window * kernelSize + s;
                    int end = window * kernelSize + last;
                    float[] initial = s == 0 ? biases : sums;
                    if (width == WIDEST) {
                        ProductTile.wide(maps, rows, begin, end, 0, deep, packed, w, initial, from, sums, to, 0);
                    } else {
                        ProductTile.half(maps, rows, begin, end, 0, deep, packed, w, initial, from, sums, to, 0);
                    }
                }
            }
        }

        /** Begins the errors [T, width] with what they are without each column's filter. */
        private void begin(float[] without, int n, int[] filters) {
            int channels = convolution.outputChannels();
            for (int t = 0; t < targets; t++) {
                int at = (n * targets + t) * channels;
                for (int j = 0; j < filters.length; j++) {
                    errors[BASE + t * filters.length + j] = without[at + filters[j]];
                }
            }
        }
    }

    /** Adds a window's share to the errors [T, width]: the maximum of four rows of sums, at least 0, times the head. */
    private static void add(float[] sums, int window, float[] head, int targets, float[] errors, int width) {
        int at = BASE + window * WINDOW * width;
        for (int c = 0; c < width; c += COUNT) {
            FloatVector a = FloatVector.fromArray(SPECIES, sums, at + c);
            FloatVector b = FloatVector.fromArray(SPECIES, sums, at + width + c);
            FloatVector d = FloatVector.fromArray(SPECIES, sums, at + 2 * width + c);
            FloatVector e = FloatVector.fromArray(SPECIES, sums, at + 3 * width + c);
            FloatVector pooled = a.max(b).max(d.max(e)).max(0f);
            int h = BASE + window * targets * width + c;
            for (int t = 0; t < targets; t++) {
                int i = BASE + t * width + c;
                FloatVector.fromArray(SPECIES, head, h + t * width)
                        .fma(pooled, FloatVector.fromArray(SPECIES, errors, i))
                        .intoArray(errors, i);
            }
        }
    }

    /** Adds the squares of the errors [T, width] to the losses [width] from {@code at}. */
    private static void square(float[] errors, int count, float[] losses, int at, int width) {
        for (int i = 0; i < count; i += width) {
            for (int j = 0; j < width; j++) losses[at + j] += errors[BASE + i + j] * errors[BASE + i + j];
        }
    }
}
