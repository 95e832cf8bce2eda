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
import io.fovea.network.Shape;
import io.fovea.optimize.Loss;
import io.fovea.optimize.PixelCounting;
import io.fovea.optimize.Targets;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.OneDnn;
import io.fovea.tensor.Precision;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
public final class TorchModule extends TrainableModule {

    private final Network prediction;
    private final Preprocessing preprocessing;
    private final Arithmetic arithmetic;
    private final LayerRates rates;
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
        super(network, rates);
        Libtorch.load();
        this.prediction = network.forPrediction();
        this.preprocessing = preprocessing;
        this.arithmetic = Arithmetic.of(network, precision);
        this.rates = rates;
        this.prefix = FrozenPrefix.of(network, rates);
        this.outputs = Math.toIntExact(Inference.of(network).output().count());
        this.tables = new float[preprocessing.channels()][];
        for (int c = 0; c < tables.length; c++) tables[c] = preprocessing.table(c);
        this.parameters = new float[vector().parameterCount()];
        this.gradients = new float[vector().trainedCount()];
        int longest = vector().slices().stream()
                .mapToInt(ParameterVector.Slice::length)
                .max()
                .orElse(1);
        this.staging = new FloatPointer(longest);
        try (PointerScope _ = new PointerScope()) {
            for (ParameterVector.Slice slice : vector().slices()) {
                ParameterSpecification specification = slice.specification();
                Tensor tensor = torch.zeros(longs(specification.shape()));
                if (specification.shape().length == 4) tensor = tensor.contiguous(MemoryFormat.ChannelsLast);
                tensor.set_requires_grad(vector().isTrained(slice));
                tensor.retainReference();
                tensors.put(specification.name(), tensor);
            }
        }
        load(weights);
    }

    @Override
    public String description() {
        String format = arithmetic.precision() == Precision.BFLOAT16 ? "bfloat16" : "32-bit";
        String without = arithmetic.oneDnn() ? "" : " without oneDNN";
        return "libtorch " + Libtorch.version() + without + ", " + format + ", " + torch.get_num_threads() + " threads";
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public Optional<String> remark() {
        return arithmetic.remark();
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

    @Override
    float[] forward(ModuleInput input, Mode mode, long seed) {
        compute(input, mode, seed);
        return logits;
    }

    private Way way(ModuleInput input) {
        return switch (input) {
            case ModuleInput.Pictures(Batch batch) -> new Way(picture(batch), Network.INPUT, "");
            case ModuleInput.FrozenMaps(float[] maps, int size) ->
                new Way(frozenMaps(maps, size), prefix.orElseThrow().last(), "");
        };
    }

    private Tensor frozenMaps(float[] maps, int size) {
        Shape shape = prefix.orElseThrow().output();
        floats(maps, Math.toIntExact(size * shape.count()));
        return shape.rank() == 3
                ? torch.from_blob(input, size, shape.size(1), shape.size(2), shape.size(0))
                        .permute(0, 3, 1, 2)
                : torch.from_blob(input, size, shape.count());
    }

    /** A part of the graph: from a value with its layer's name to another layer; to the outputs if that has no name. */
    private record Way(Tensor from, String after, String until) {}

    /** Computes the outputs onto the heap; in training they stay where they are too, for the way back. */
    private void compute(ModuleInput input, Mode mode, long seed) {
        switch (mode) {
            case TRAINING -> {
                beginStep(input, seed);
                copyOut(stepOutput);
            }
            case PREDICTION -> {
                endStep();
                try (PointerScope _ = new PointerScope();
                        NoGradGuard _ = new NoGradGuard()) {
                    copyOut(run(way(input), mode));
                }
            }
        }
    }

    /** Computes the outputs, and keeps them and all that the way back needs. */
    private void beginStep(ModuleInput input, long seed) {
        endStep();
        PointerScope scope = new PointerScope();
        try {
            Way way = way(input);
            torch.manual_seed(seed);
            stepOutput = run(way, Mode.TRAINING);
            stepLength = Math.toIntExact(stepOutput.numel());
            step = scope;
            scope = null;
        } finally {
            if (scope != null) scope.close();
        }
    }

    @Override
    void backward(float[] outputGradient) {
        if (step == null) throw new IllegalStateException("backward without a forward pass in training before it");
        if (outputGradient.length < stepLength) {
            throw new IllegalArgumentException(
                    "Expected " + stepLength + " gradients of outputs, found " + outputGradient.length);
        }
        OneDnn.use(arithmetic.oneDnn());
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

    /** Maps of classes are judged where they lie: a class for each pixel is all that comes to the heap. */
    @Override
    BatchTally judgedBackward(ModuleInput input, Objective objective, long seed) {
        boolean pixels = objective.loss() instanceof Loss.CrossEntropy
                && objective.targets() instanceof Targets.Masks
                && objective.counting() instanceof PixelCounting
                && network().auxiliaries().isEmpty();
        if (!pixels) return super.judgedBackward(input, objective, seed);
        beginStep(input, seed);
        Loss.CrossEntropy loss = (Loss.CrossEntropy) objective.loss();
        Targets.Masks masks = (Targets.Masks) objective.targets();
        PixelCounting counting = (PixelCounting) objective.counting();
        int size = input.size();
        int classes = outputs / masks.area();
        double divisor = loss.sumOfWeights(masks, size, classes);
        if (divisor == 0 || !stepOutput.requires_grad()) {
            copyOut(stepOutput);
            return judgedBackward(logits, size, objective);
        }
        OneDnn.use(arithmetic.oneDnn());
        try (PointerScope _ = new PointerScope()) {
            double[] counts = new double[counting.counts()];
            byte[] answers = PixelLoss.answers(stepOutput, size, classes, masks.area());
            counting.countPixels(answers, masks, size, counts);
            Tensor judged = PixelLoss.of(stepOutput, loss, masks, size, classes);
            double mean = judged.item_float();
            if (Double.isFinite(mean)) {
                judged.backward();
                collectGradients();
            }
            return new BatchTally(size, mean, divisor, counts);
        } finally {
            endStep();
        }
    }

    /** Copies what the backward pass left, and clears it. */
    private void collectGradients() {
        try (NoGradGuard _ = new NoGradGuard()) {
            for (ParameterVector.Slice slice : vector().slices()) {
                if (!vector().isTrained(slice)) continue;
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
    float[] parameters() {
        return parameters;
    }

    @Override
    float[] gradients() {
        return gradients;
    }

    @Override
    void parametersChanged() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (ParameterVector.Slice slice : vector().slices()) {
                if (vector().isTrained(slice)) copyIn(slice, parameters);
            }
        }
    }

    @Override
    float[] buffers() {
        float[] buffers = new float[vector().bufferCount()];
        try (PointerScope _ = new PointerScope()) {
            for (ParameterVector.Slice slice : vector().slices()) {
                if (slice.specification().kind() == Kind.PARAMETER) continue;
                Tensor tensor = tensors.get(slice.specification().name());
                new FloatPointer(tensor.contiguous().data_ptr()).get(buffers, slice.offset(), slice.length());
            }
        }
        return buffers;
    }

    @Override
    void buffersChanged(float[] buffers) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (ParameterVector.Slice slice : vector().slices()) {
                if (slice.specification().kind() != Kind.PARAMETER) copyIn(slice, buffers);
            }
        }
    }

    @Override
    void weightsChanged(float[] buffers) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (ParameterVector.Slice slice : vector().slices()) {
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
        OneDnn.use(arithmetic.oneDnn());
        if (arithmetic.precision() != Precision.BFLOAT16) return graph(way, mode);
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
                    case TRAINING -> network();
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
