package io.fovea.module;

import io.fovea.batch.Batch;
import io.fovea.image.Preprocessing;
import io.fovea.kernel.ConvolutionKernel;
import io.fovea.kernel.Lanes;
import io.fovea.module.LaneLayer.InputGradient;
import io.fovea.network.Inference;
import io.fovea.network.LayerRates;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small network computed by the vector kernels: pictures lie in the lanes of the registers.
 *
 * <p>A batch is cut into groups of {@link Lanes#COUNT} pictures, and each worker takes its groups through all layers without
 * waiting for the others. Backward, the workers meet once: then each makes its part of the dense layers' gradients from all
 * groups, and adds its part of the convolutions' gradients, which every worker has summed for its own groups. Sums are always
 * made in the same order, so the same number of workers gives the same bits.
 */
public final class VectorModule extends TrainableModule {

    private final Workers workers;
    private final float[][] tables;
    private final List<LaneLayer> layers;
    private final int[] lengths;
    private final int outputs;
    private final int firstTrained;
    private final float[] parameters;
    private final float[] gradients;
    private final LaneWorker[] team;
    private final List<List<LaneGroup>> predictionGroups = new ArrayList<>();
    private final List<LaneGroup> groups = new ArrayList<>();
    private final float[][] rows;
    private float[] logits = new float[0];
    private int forwardSize;

    /**
     * Whether the kernels know every layer of a network, it has no auxiliary outputs, and the JVM was started with the Vector API.
     */
    public static boolean supports(Network network) {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                && network.auxiliaries().isEmpty()
                && LaneLayers.firstUnknown(network).isEmpty();
    }

    /** Builds the computation with every layer trained, and takes over the weights; the workers stay the caller's. */
    public VectorModule(Network network, Preprocessing preprocessing, Weights weights, Workers workers) {
        this(network, preprocessing, weights, LayerRates.ALL, workers);
    }

    /** Builds the computation and takes over the weights; gradients of frozen layers are computed but not asked for. */
    public VectorModule(
            Network network, Preprocessing preprocessing, Weights weights, LayerRates rates, Workers workers) {
        super(network, rates);
        this.workers = workers;
        layers = LaneLayers.of(network, vector());
        List<LayerSummary> summaries = Inference.of(network).layers();
        lengths = new int[layers.size() + 1];
        lengths[0] = Math.toIntExact(network.input().count() * Lanes.COUNT);
        for (int i = 0; i < layers.size(); i++) {
            lengths[i + 1] = Math.toIntExact(summaries.get(i).output().count() * Lanes.COUNT);
        }
        outputs = lengths[layers.size()] / Lanes.COUNT;
        tables = new float[preprocessing.channels()][];
        for (int c = 0; c < tables.length; c++) tables[c] = preprocessing.table(c);
        parameters = new float[vector().parameterCount()];
        gradients = new float[vector().parameterCount()];
        team = new LaneWorker[workers.count()];
        Arrays.setAll(team, _ -> new LaneWorker(layers.size() + 1));
        rows = new float[layers.size()][];
        firstTrained = firstTrained();
        load(weights);
    }

    private int firstTrained() {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) instanceof LaneLayer.Convolution || layers.get(i) instanceof LaneLayer.Dense) return i;
        }
        return layers.size();
    }

    @Override
    public String description() {
        return "vector kernels, " + Lanes.COUNT + " lanes, " + workers.count() + " threads";
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    float[] forward(ModuleInput input, Mode mode, long seed) {
        if (!(input instanceof ModuleInput.Pictures(Batch batch)))
            throw new IllegalArgumentException("The vector engine computes every layer, the frozen ones too");
        checkShape(batch);
        int size = batch.size();
        int count = Lanes.groups(size);
        if (logits.length < size * outputs) logits = new float[size * outputs];
        forwardSize = 0;
        workers.run(this::prepare);
        switch (mode) {
            case TRAINING -> {
                while (groups.size() < count) groups.add(new LaneGroup(layers.size()));
                workers.run(part -> {
                    int from = first(part, count);
                    int to = first(part + 1, count);
                    for (int g = from; g < to; g += 2) {
                        pass(
                                team[part],
                                groups.get(g),
                                g,
                                groups.get(Math.min(g + 1, to - 1)),
                                Math.min(g + 1, to - 1),
                                batch,
                                mode,
                                seed);
                    }
                });
                forwardSize = size;
            }
            case PREDICTION -> {
                while (predictionGroups.size() < workers.count()) {
                    predictionGroups.add(List.of(new LaneGroup(layers.size()), new LaneGroup(layers.size())));
                }
                workers.run(part -> {
                    int to = first(part + 1, count);
                    for (int g = first(part, count); g < to; g += 2) {
                        LaneGroup a = predictionGroups.get(part).getFirst();
                        LaneGroup b = g + 1 < to ? predictionGroups.get(part).getLast() : a;
                        pass(team[part], a, g, b, Math.min(g + 1, to - 1), batch, mode, seed);
                    }
                });
            }
        }
        return logits;
    }

    private int first(int part, int count) {
        return count * part / workers.count();
    }

    /** Makes a part of the convolutions' weights ready. */
    private void prepare(int part) {
        for (LaneLayer layer : layers) {
            if (!(layer instanceof LaneLayer.Convolution convolution)) continue;
            int count = convolution.kernel().outputChannels();
            convolution.kernel().prepare(parameters, convolution.weight(), first(part, count), first(part + 1, count));
        }
    }

    /** Takes one pair of groups through all layers. */
    private void pass(
            LaneWorker worker,
            LaneGroup a,
            int indexOfA,
            LaneGroup b,
            int indexOfB,
            Batch batch,
            Mode mode,
            long seed) {
        begin(a, indexOfA, batch);
        if (b != a) begin(b, indexOfB, batch);
        for (LaneLayer layer : layers) layer.forward(a, b, parameters, worker, mode, seed);
        Lanes.gather(a.values[layers.size()], a.index * Lanes.COUNT, batch.size(), outputs, logits, 0);
        if (b != a) Lanes.gather(b.values[layers.size()], b.index * Lanes.COUNT, batch.size(), outputs, logits, 0);
    }

    private void begin(LaneGroup group, int index, Batch batch) {
        group.index = index;
        if (group.values[0] == null) {
            group.values[0] = Lanes.allocate(lengths[0]);
            for (int i = 0; i < layers.size(); i++) {
                group.values[i + 1] = layers.get(i).passesThrough() ? group.values[i] : Lanes.allocate(lengths[i + 1]);
            }
        }
        Lanes.spread(
                batch.pixels(),
                index * Lanes.COUNT,
                batch.size(),
                batch.height() * batch.width(),
                batch.channels(),
                tables,
                group.values[0]);
    }

    @Override
    void backward(float[] outputGradient) {
        if (forwardSize == 0) throw new IllegalStateException("backward without a forward pass in training before it");
        int size = forwardSize;
        int count = Lanes.groups(size);
        forwardSize = 0;
        for (int i = 0; i < layers.size(); i++) {
            int needed = count * lengths[i];
            if (layers.get(i) instanceof LaneLayer.Dense && (rows[i] == null || rows[i].length < Lanes.BASE + needed))
                rows[i] = Lanes.allocate(needed);
        }
        workers.run(part -> {
            team[part].clearSums();
            int to = first(part + 1, count);
            for (int g = first(part, count); g < to; g += 2) {
                passBack(part, groups.get(g), groups.get(Math.min(g + 1, to - 1)), size, outputGradient);
            }
        });
        workers.run(part -> finish(part, count));
    }

    private void passBack(int part, LaneGroup a, LaneGroup b, int size, float[] outputGradient) {
        allocateGradients(part, a, 0);
        if (b != a) allocateGradients(part, b, 1);
        Lanes.spread(outputGradient, a.index * Lanes.COUNT, size, outputs, a.gradients[layers.size()]);
        if (b != a) Lanes.spread(outputGradient, b.index * Lanes.COUNT, size, outputs, b.gradients[layers.size()]);
        for (int i = layers.size() - 1; i >= firstTrained; i--) {
            if (layers.get(i) instanceof LaneLayer.Dense dense) {
                keepRows(dense, a);
                if (b != a) keepRows(dense, b);
            }
            layers.get(i)
                    .backward(
                            a,
                            b,
                            parameters,
                            team[part],
                            i > firstTrained ? InputGradient.NEEDED : InputGradient.UNNEEDED);
        }
    }

    private void keepRows(LaneLayer.Dense dense, LaneGroup group) {
        int first = group.index * Lanes.COUNT;
        Lanes.gather(
                group.values[dense.index()],
                first,
                first + Lanes.COUNT,
                dense.kernel().inputs(),
                rows[dense.index()],
                Lanes.BASE);
    }

    /** Gives a group its gradient arrays: own ones behind dense layers, which read them again, shared ones elsewhere. */
    private void allocateGradients(int part, LaneGroup group, int half) {
        float[][] shared = team[part].shared;
        for (int i = layers.size(); i >= firstTrained; i--) {
            boolean ownNeeded = i > 0 && layers.get(i - 1) instanceof LaneLayer.Dense;
            boolean alias = i < layers.size() && layers.get(i).passesThrough();
            int slot = 2 * i + half;
            if (alias) {
                group.gradients[i] = group.gradients[i + 1];
            } else if (ownNeeded || i > 0 && layers.get(i - 1).passesThrough()) {
                if (group.gradients[i] == null) group.gradients[i] = Lanes.allocate(lengths[i]);
            } else {
                if (shared[slot] == null) shared[slot] = Lanes.allocate(lengths[i]);
                group.gradients[i] = shared[slot];
            }
        }
    }

    /** This worker's part of the gradients by parameters, from what all workers left. */
    private void finish(int part, int count) {
        for (LaneLayer layer : layers) {
            switch (layer) {
                case LaneLayer.Dense dense -> {
                    int total = dense.kernel().outputs();
                    int from = first(part, total);
                    int to = first(part + 1, total);
                    float[][] gy = new float[count][];
                    for (int g = 0; g < count; g++) gy[g] = groups.get(g).gradients[dense.index() + 1];
                    dense.kernel()
                            .weightGradient(
                                    rows[dense.index()], gy, count, from, to, gradients, dense.weight(), dense.bias());
                }
                case LaneLayer.Convolution convolution -> collect(convolution, part);
                case LaneLayer.MaxPooling _, LaneLayer.AveragePooling _, LaneLayer.Activation _ -> {}
                case LaneLayer.Scale _, LaneLayer.Dropout _, LaneLayer.Flatten _ -> {}
            }
        }
    }

    private void collect(LaneLayer.Convolution convolution, int part) {
        ConvolutionKernel kernel = convolution.kernel();
        float[][] sums = new float[team.length][];
        Arrays.setAll(sums, worker -> team[worker].sums(convolution.index(), kernel.sumsLength()));
        int count = kernel.outputChannels();
        kernel.collect(
                sums, first(part, count), first(part + 1, count), gradients, convolution.weight(), convolution.bias());
    }

    private void checkShape(Batch batch) {
        int[] expected = network().input().sizes();
        if (batch.channels() != expected[0] || batch.height() != expected[1] || batch.width() != expected[2]) {
            throw new IllegalArgumentException("Expected pictures " + network().input() + ", found [N, "
                    + batch.channels() + ", " + batch.height() + ", " + batch.width() + "]");
        }
    }

    @Override
    float[] parameters() {
        return parameters;
    }

    @Override
    float[] gradients() {
        return gradients;
    }

    /** None: no layer that the kernels know keeps any. */
    @Override
    float[] buffers() {
        return new float[0];
    }

    /** Nothing to do: the kernels read the parameters where they are. */
    @Override
    void parametersChanged() {}

    /** Nothing to do, as there are none. */
    @Override
    void buffersChanged(float[] buffers) {}

    /** Nothing to do, as there are no buffers. */
    @Override
    void weightsChanged(float[] buffers) {}

    /** Nothing to free: all memory is the heap's, and the workers are the caller's. */
    @Override
    public void close() {}
}
