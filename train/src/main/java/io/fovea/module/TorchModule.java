package io.fovea.module;

import io.fovea.batch.Batch;
import io.fovea.image.Preprocessing;
import io.fovea.network.AuxiliaryOutput;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.ParameterSpecification.Kind;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.Precision;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network computed by libtorch: every kind of layer, gradients by its automatic differentiation.
 *
 * <p>Of frozen layers no gradients are computed, and before the first trained layer nothing is kept for the backward pass.
 *
 * <p>Maps lie in memory channels-last, in which pooling is vectorised and convolutions need no reordering. What a step
 * allocates is freed when the step ends, not when the garbage collector comes by.
 */
public final class TorchModule implements TrainableModule {

    private final Network network;
    private final Network prediction;
    private final Preprocessing preprocessing;
    private final Precision precision;
    private final LayerRates rates;
    private final ParameterVector vector;
    private final float[][] tables;
    private final int outputs;
    private final float[] parameters;
    private final float[] gradients;
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final FloatPointer staging;
    private final Optional<FrozenPrefix> prefix;
    private FloatPointer input = new FloatPointer();
    private int inputLength;
    private float[] normalised = new float[0];
    private float[] logits = new float[0];
    private PointerScope step;
    private Tensor stepOutput;
    private int stepLength;

    /** Builds the computation with every layer trained, as {@link #TorchModule(Network, Preprocessing, Weights, LayerRates, Precision)}. */
    public TorchModule(Network network, Preprocessing preprocessing, Weights weights, Precision precision) {
        this(network, preprocessing, weights, LayerRates.ALL, precision);
    }

    /** Builds the computation and takes over the weights. Number of threads: {@link Libtorch#useThreads}; {@code precision} is 32 bits or bfloat16. */
    public TorchModule(
            Network network, Preprocessing preprocessing, Weights weights, LayerRates rates, Precision precision) {
        Libtorch.load();
        this.network = network;
        this.prediction = network.forPrediction();
        this.preprocessing = preprocessing;
        this.precision = precision;
        this.rates = rates;
        this.prefix = FrozenPrefix.of(network, rates);
        this.vector = new ParameterVector(network, rates);
        this.outputs = Math.toIntExact(Inference.of(network).output().count());
        this.tables = new float[preprocessing.channels()][];
        for (int c = 0; c < tables.length; c++) tables[c] = preprocessing.table(c);
        this.parameters = new float[vector.parameterCount()];
        this.gradients = new float[vector.trainedCount()];
        int longest = vector.slices().stream()
                .mapToInt(ParameterVector.Slice::length)
                .max()
                .orElse(1);
        this.staging = new FloatPointer(longest);
        try (PointerScope _ = new PointerScope()) {
            for (ParameterVector.Slice slice : vector.slices()) {
                ParameterSpecification specification = slice.specification();
                Tensor tensor = torch.zeros(longs(specification.shape()));
                if (specification.shape().length == 4) tensor = tensor.contiguous(MemoryFormat.ChannelsLast);
                tensor.set_requires_grad(vector.isTrained(slice));
                tensor.retainReference();
                tensors.put(specification.name(), tensor);
            }
        }
        load(weights);
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public String description() {
        String format = precision == Precision.BFLOAT16 ? "bfloat16" : "32-bit";
        return "libtorch " + Libtorch.version() + ", " + format + ", " + torch.get_num_threads() + " threads";
    }

    @Override
    public int outputs() {
        return outputs;
    }

    /** Returns the layers whose outputs {@link #frozenOutputs} gives and {@link #forwardFrom} goes on from; empty if there are none. */
    public Optional<FrozenPrefix> frozenPrefix() {
        return prefix;
    }

    /**
     * Computes what the frozen prefix says of a batch.
     *
     * @return [N, D], each picture's maps as {@link #forwardFrom} takes them; a new array
     */
    public float[] frozenOutputs(Batch batch) {
        endStep();
        FrozenPrefix frozen = prefix.orElseThrow();
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor maps = run(new Way(picture(batch), Network.INPUT, frozen.last()), Mode.PREDICTION);
            Tensor plain = maps.dim() == 4 ? maps.permute(0, 2, 3, 1).contiguous() : maps.contiguous();
            float[] values = new float[Math.toIntExact(plain.numel())];
            new FloatPointer(plain.data_ptr()).get(values);
            return values;
        }
    }

    /**
     * Computes as {@link #forward} does, from what the frozen prefix said of the pictures.
     *
     * @param maps [N, D] at least, of {@link #frozenOutputs}
     * @param size N
     */
    public float[] forwardFrom(float[] maps, int size, Mode mode, long seed) {
        FrozenPrefix frozen = prefix.orElseThrow();
        int count = Math.toIntExact(size * frozen.output().count());
        return compute(
                () -> {
                    floats(maps, count);
                    Tensor shaped = frozen.output().rank() == 3
                            ? torch.from_blob(
                                            input,
                                            size,
                                            frozen.output().size(1),
                                            frozen.output().size(2),
                                            frozen.output().size(0))
                                    .permute(0, 3, 1, 2)
                            : torch.from_blob(input, size, frozen.output().count());
                    return new Way(shaped, frozen.last(), "");
                },
                mode,
                seed);
    }

    @Override
    public float[] forward(Batch batch, Mode mode, long seed) {
        return compute(() -> new Way(picture(batch), Network.INPUT, ""), mode, seed);
    }

    /** A part of the graph: from a value with its layer's name to another layer; to the outputs if that has no name. */
    private record Way(Tensor from, String after, String until) {}

    private float[] compute(Supplier<Way> input, Mode mode, long seed) {
        endStep();
        PointerScope scope = new PointerScope();
        try {
            Way way = input.get();
            Tensor output =
                    switch (mode) {
                        case TRAINING -> {
                            torch.manual_seed(seed);
                            yield run(way, mode);
                        }
                        case PREDICTION -> {
                            try (NoGradGuard _ = new NoGradGuard()) {
                                yield run(way, mode);
                            }
                        }
                    };
            copyOut(output);
            if (mode == Mode.TRAINING) {
                step = scope;
                stepOutput = output;
                stepLength = Math.toIntExact(output.numel());
                scope = null;
            }
            return logits;
        } finally {
            if (scope != null) scope.close();
        }
    }

    @Override
    public void backward(float[] outputGradient) {
        if (step == null) throw new IllegalStateException("backward without a forward pass in training before it");
        if (outputGradient.length < stepLength) {
            throw new IllegalArgumentException(
                    "Expected " + stepLength + " gradients of outputs, found " + outputGradient.length);
        }
        try (PointerScope _ = new PointerScope()) {
            FloatPointer values = new FloatPointer(stepLength);
            values.put(outputGradient, 0, stepLength);
            Tensor gradient = torch.from_blob(values, stepLength / outputs, outputs);
            // with every layer frozen, or behind nearest neighbours, there is no way back
            if (stepOutput.requires_grad())
                stepOutput.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
            collectGradients();
        } finally {
            endStep();
        }
    }

    @Override
    public Optional<Loss.Result> backward(Loss loss, Targets targets) {
        if (step == null) throw new IllegalStateException("backward without a forward pass in training before it");
        if (!(loss instanceof Loss.CrossEntropy entropy) || !(targets instanceof Targets.Masks masks)) {
            return Optional.empty();
        }
        int pictures = stepLength / outputs;
        double divisor = entropy.sumOfWeights(masks, pictures, outputs / masks.area());
        boolean teaches = divisor > 0 && network.auxiliaries().isEmpty() && stepOutput.requires_grad();
        if (!teaches) return Optional.empty();
        try (PointerScope _ = new PointerScope()) {
            Tensor judged = PixelLoss.of(stepOutput, entropy, masks, pictures, outputs / masks.area());
            double mean = judged.item_float();
            if (Double.isFinite(mean)) {
                judged.backward();
                collectGradients();
            }
            return Optional.of(new Loss.Result(mean, divisor));
        } finally {
            endStep();
        }
    }

    /** Copies what the backward pass left, and clears it. */
    private void collectGradients() {
        try (NoGradGuard _ = new NoGradGuard()) {
            for (ParameterVector.Slice slice : vector.slices()) {
                if (!vector.isTrained(slice)) continue;
                Tensor tensor = tensors.get(slice.specification().name());
                Tensor grad = tensor.grad();
                if (!grad.defined()) {
                    Arrays.fill(gradients, slice.offset(), slice.offset() + slice.length(), 0);
                    continue;
                }
                Tensor plain = grad.contiguous();
                new FloatPointer(plain.data_ptr()).get(gradients, slice.offset(), slice.length());
                grad.zero_();
            }
        }
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public int trained() {
        return vector.trainedCount();
    }

    @Override
    public float[] gradients() {
        return gradients;
    }

    @Override
    public void parametersChanged() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (ParameterVector.Slice slice : vector.slices()) {
                if (vector.isTrained(slice)) copyIn(slice, parameters);
            }
        }
    }

    @Override
    public Weights weights() {
        return vector.weights(parameters, buffers());
    }

    @Override
    public float[] buffers() {
        float[] buffers = new float[vector.bufferCount()];
        try (PointerScope _ = new PointerScope()) {
            for (ParameterVector.Slice slice : vector.slices()) {
                if (slice.specification().kind() == Kind.PARAMETER) continue;
                Tensor tensor = tensors.get(slice.specification().name());
                new FloatPointer(tensor.contiguous().data_ptr()).get(buffers, slice.offset(), slice.length());
            }
        }
        return buffers;
    }

    @Override
    public void load(Weights weights) {
        float[] buffers = new float[vector.bufferCount()];
        vector.read(weights, parameters, buffers);
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (ParameterVector.Slice slice : vector.slices()) {
                copyIn(slice, slice.specification().kind() == Kind.PARAMETER ? parameters : buffers);
            }
        }
    }

    @Override
    public void close() {
        endStep();
        tensors.values().forEach(Tensor::close);
        tensors.clear();
        staging.close();
        input.close();
    }

    private void endStep() {
        if (step == null) return;
        step.close();
        step = null;
        stepOutput = null;
    }

    /** Bytes [N, H, W, C] become normalised floats in the same order, seen by libtorch as [N, C, H, W] channels-last. */
    private Tensor picture(Batch batch) {
        int channels = preprocessing.channels();
        int area = preprocessing.height() * preprocessing.width();
        if (batch.channels() != channels || batch.height() * batch.width() != area) {
            throw new IllegalArgumentException(
                    "Expected pictures [" + preprocessing.height() + ", " + preprocessing.width() + ", " + channels
                            + "], found [" + batch.height() + ", " + batch.width() + ", " + batch.channels() + "]");
        }
        int count = batch.size() * area * channels;
        if (normalised.length < count) normalised = new float[count];
        byte[] pixels = batch.pixels();
        for (int i = 0; i < count; i += channels) {
            for (int c = 0; c < channels; c++) normalised[i + c] = tables[c][pixels[i + c] & 0xff];
        }
        floats(normalised, count);
        return torch.from_blob(input, batch.size(), preprocessing.height(), preprocessing.width(), channels)
                .permute(0, 3, 1, 2);
    }

    /** Puts numbers where libtorch reads its input. */
    private void floats(float[] values, int count) {
        if (inputLength < count) {
            input.close();
            try (PointerScope _ = new PointerScope()) {
                input = new FloatPointer(count);
                input.retainReference();
            }
            inputLength = count;
        }
        input.position(0).put(values, 0, count);
    }

    private Tensor run(Way way, Mode mode) {
        if (precision != Precision.BFLOAT16) return graph(way, mode);
        torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
        torch.set_autocast_enabled(DeviceType.CPU, true);
        torch.increment_nesting();
        try {
            return graph(way, mode).to(ScalarType.Float);
        } finally {
            if (torch.decrement_nesting() == 0) torch.clear_cache();
            torch.set_autocast_enabled(DeviceType.CPU, false);
        }
    }

    /** Returns [N, K], in training followed by as many rows for each auxiliary output. */
    private Tensor graph(Way way, Mode mode) {
        Network computed =
                switch (mode) {
                    case TRAINING -> network;
                    case PREDICTION -> prediction;
                };
        TorchLayers layers = new TorchLayers(tensors, rates, mode);
        Map<String, Tensor> values = new HashMap<>();
        values.put(way.after(), way.from());
        Tensor last = way.from();
        boolean isPassed = !way.after().equals(Network.INPUT);
        for (Node node : computed.nodes()) {
            if (isPassed && prefix.orElseThrow().layers().contains(node.name())) continue;
            if (node.layer() instanceof Layer.Softmax) break; // the outputs are logits
            last = layers.apply(node, node.inputs().stream().map(values::get).toList());
            values.put(node.name(), last);
            if (node.name().equals(way.until())) return last;
        }
        if (computed.auxiliaries().isEmpty()) return last.flatten(1, -1);
        TensorVector blocks = new TensorVector(last.flatten(1, -1));
        for (AuxiliaryOutput auxiliary : computed.auxiliaries()) {
            blocks.push_back(values.get(auxiliary.node()).flatten(1, -1));
        }
        return torch.cat(blocks, 0);
    }

    private void copyOut(Tensor output) {
        int length = Math.toIntExact(output.numel());
        if (logits.length < length) logits = new float[length];
        new FloatPointer(output.detach().contiguous().data_ptr()).get(logits, 0, length);
    }

    private void copyIn(ParameterVector.Slice slice, float[] from) {
        staging.position(0).put(from, slice.offset(), slice.length());
        tensors.get(slice.specification().name())
                .copy_(torch.from_blob(staging, longs(slice.specification().shape())));
    }

    private static long[] longs(int[] shape) {
        long[] sizes = new long[shape.length];
        for (int i = 0; i < shape.length; i++) sizes[i] = shape[i];
        return sizes;
    }
}
