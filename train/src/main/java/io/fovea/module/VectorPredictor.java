package io.fovea.module;

import io.fovea.image.Preprocessing;
import io.fovea.kernel.Lanes;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.problem.Problem;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.Optional;

/**
 * A convolutional network in prediction, as fast as this processor can: what a backbone says of many pictures.
 *
 * <p>Convolutions of 3x3 are made with a quarter of the multiplications (Winograd, {@code kernel.WinogradConvolution}), batch norms
 * are folded into the convolutions, sums and ReLU are made where a convolution writes. A picture's outputs are the same bits
 * wherever it stands in whatever batch, on any number of threads.
 *
 * <p>Memory: Winograd's weights take four times the place of 3x3 weights. For one thread at a time; everything is on the heap.
 */
public final class VectorPredictor {

    /** The most pictures that one thread takes together through the last layers, whose weights are large. */
    public static final int MOST_PICTURES = 32;

    private final Workers workers;
    private final MapPlan plan;
    private final List<MapStage> stages;
    private final MapWorker[] team;
    private final float[][] tables;
    private final int pictureLength;
    private final int outputs;

    /** Whether this processor and JVM can run the kernels, and every layer of the network is known to them. */
    public static boolean supports(Network network) {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                && Lanes.COUNT >= 16
                && MapPlan.firstUnknown(network).isEmpty();
    }

    /**
     * Whether most of a network's multiplications are those of convolutions that the kernels compute with fewer (3x3 of stride 1): others are as fast
     * in a library, and at once.
     */
    public static boolean savesMultiplications(Network network) {
        List<LayerSummary> layers = Inference.of(network).layers();
        long all = layers.stream().mapToLong(LayerSummary::macs).sum();
        long saved = layers.stream()
                .filter(layer -> layer.layer() instanceof Layer.Convolution convolution
                        && convolution.kernelHeight() == 3
                        && convolution.kernelWidth() == 3
                        && convolution.stride() == 1)
                .mapToLong(LayerSummary::macs)
                .sum();
        return 2 * saved > all;
    }

    /**
     * Makes the weights ready; the workers stay the caller's.
     *
     * @param preprocessing how bytes become the network's input; must be of the network's input shape
     * @throws Problem if a layer is not known or the weights do not fit the network
     * @throws IllegalArgumentException if the preprocessing is of another shape
     */
    public VectorPredictor(Network network, Preprocessing preprocessing, Weights weights, Workers workers) {
        Optional<Node> unknown = MapPlan.firstUnknown(network);
        if (unknown.isPresent()) {
            throw new Problem(
                    "The vector kernels for prediction do not know this layer: "
                            + unknown.get().layer() + ".",
                    "network \"" + network.name() + "\", layer \""
                            + unknown.get().name() + "\"",
                    "let ONNX Runtime or libtorch compute it");
        }
        if (preprocessing.channels() != network.input().size(0)
                || preprocessing.height() != network.input().size(1)
                || preprocessing.width() != network.input().size(2)) {
            throw new IllegalArgumentException("Expected a preprocessing for " + network.input() + ", found ["
                    + preprocessing.channels() + ", " + preprocessing.height() + ", " + preprocessing.width() + "]");
        }
        this.workers = workers;
        plan = new MapPlan(network, weights);
        stages = MapStage.of(plan, MOST_PICTURES);
        team = new MapWorker[workers.count()];
        tables = new float[preprocessing.channels()][];
        for (int c = 0; c < tables.length; c++) tables[c] = preprocessing.table(c);
        pictureLength = Math.toIntExact(network.input().count());
        outputs = Math.toIntExact(plan.shape(plan.result()).count());
    }

    /** Returns D, how many numbers the network's last layer has for a picture; maps are laid out as [C, H, W]. */
    public int outputs() {
        return outputs;
    }

    /**
     * Computes the last layer's numbers, a softmax left out.
     *
     * <p>The pictures are divided among the threads; best are {@link #MOST_PICTURES} for each thread, fewer than 8 are slow.
     *
     * @param pixels at least [N, H, W, C] bytes
     * @param count  N
     * @return [N, D]
     */
    public float[] outputs(byte[] pixels, int count) {
        if (count < 0 || (long) count * pictureLength > pixels.length) {
            throw new IllegalArgumentException(
                    "count (=" + count + ") pictures of " + pictureLength + " bytes are not in " + pixels.length);
        }
        float[] rows = new float[Math.multiplyExact(count, outputs)];
        workers.run(part -> {
            int to = end(part + 1, count);
            int from = end(part, count);
            int rounds = Math.ceilDiv(to - from, MOST_PICTURES);
            for (int round = 0; round < rounds; round++) {
                int first = from + (to - from) * round / rounds;
                int next = from + (to - from) * (round + 1) / rounds;
                if (team[part] == null || team[part].capacity() < next - first)
                    team[part] = new MapWorker(plan, stages, next - first);
                team[part].run(pixels, first, next - first, tables, rows);
            }
        });
        return rows;
    }

    private int end(int part, int count) {
        return (int) ((long) count * part / workers.count());
    }
}
