package io.fovea.module;

import io.fovea.module.StepPlan.Convolved;
import io.fovea.module.StepPlan.Differentiated;
import io.fovea.module.StepPlan.Dropped;
import io.fovea.module.StepPlan.Multiplied;
import io.fovea.module.StepPlan.Normalized;
import io.fovea.module.StepPlan.Unit;
import io.fovea.network.Layer;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.tensor.Precision;
import io.fovea.thread.Meeting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One worker's pictures of a batch through a whole step, forward and back. Every worker has one, and all go through the same layers at the same
 * time; they meet at batch norm, whose mean and variance are those of the whole batch.
 *
 * <p>Of a value between layers nobody else reads the memory, so the way back may write over it: each gradient is handed over to what takes it.
 *
 * <p>What a step allocates is freed when it ends, much of it sooner. All calls come from the same thread.
 */
final class TrainingPart implements AutoCloseable {

    private static final long[] UNPADDED = {0, 0};

    private final int part;
    private final TorchWeights weights;
    private final ParameterVector vector;
    private final LayerRates rates;
    private final Precision precision;
    private final TorchLayers layers;
    private final Map<String, Tensor> leaves = new HashMap<>();
    private final Map<Integer, Normalization> normalizations = new HashMap<>();
    private final float[] gradients;
    private PointerScope scope;
    private Step step;
    private final Map<String, Tensor> values = new HashMap<>();
    private final Map<String, Held> held = new HashMap<>();
    private final Map<String, Statistics> statistics = new HashMap<>();
    private final Map<String, List<Tensor>> pending = new HashMap<>();

    /**
     * What all parts of a step share.
     *
     * @param size of the batch
     * @param seed decides what dropout drops
     */
    record Step(StepPlan plan, Map<String, BatchSums> sums, Meeting meeting, int size, long seed) {}

    /** What a layer read, cut off from what came before, and what it made of it. */
    private record Held(List<Tensor> inputs, Tensor output) {}

    /** Of one batch norm, by channel; the scale is γ times the inverse of the deviation. */
    private record Statistics(float[] mean, float[] inverseDeviation, float[] scale) {}

    TrainingPart(
            int part,
            Network network,
            TorchWeights weights,
            ParameterVector vector,
            LayerRates rates,
            Precision precision) {
        this.part = part;
        this.weights = weights;
        this.vector = vector;
        this.rates = rates;
        this.precision = precision;
        this.gradients = new float[vector.trainedCount()];
        Map<String, Tensor> seen = new HashMap<>(weights.exact());
        try (PointerScope _ = new PointerScope()) {
            for (Node node : network.nodes()) {
                if (!StepPlan.hasParameters(node.layer()) || rates.isFrozen(node.name())) continue;
                for (String suffix : List.of(".weight", ".bias")) {
                    Tensor exact = weights.exact(node.name() + suffix);
                    if (exact == null) continue;
                    Tensor leaf = exact.detach();
                    leaf.set_requires_grad(true);
                    leaf.retainReference();
                    leaves.put(node.name() + suffix, leaf);
                }
            }
        }
        seen.putAll(leaves);
        this.layers = new TorchLayers(seen, rates, Mode.TRAINING);
    }

    /** Returns the gradients of the last way back by the trained parameters, of this part's pictures; live. */
    float[] gradients() {
        return gradients;
    }

    /**
     * Computes the outputs and keeps what the way back needs, until {@link #end}.
     *
     * @param from  what the first layers read
     * @param after the name of that value
     * @param first the first of this part's pictures in the batch
     * @return each output, [n, K] in 32 bits
     */
    List<Tensor> forward(Step step, Tensor from, String after, int first) {
        this.step = step;
        StepPlan plan = step.plan();
        boolean isHalf = precision == Precision.BFLOAT16;
        if (isHalf) {
            torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
            torch.set_autocast_enabled(DeviceType.CPU, true);
        }
        try {
            values.put(after, typed(from, format()));
            Map<String, Integer> readers = new HashMap<>(plan.readers());
            for (Unit unit : plan.units()) {
                values.put(unit.output(), computed(unit, first));
                for (String input : unit.inputs()) {
                    if (readers.merge(input, -1, Integer::sum) == 0
                            && !plan.kept().contains(input))
                        values.remove(input).close();
                }
            }
        } finally {
            if (isHalf) torch.set_autocast_enabled(DeviceType.CPU, false);
        }
        return plan.outputs().stream()
                .map(output ->
                        values.get(output).flatten(1, -1).to(ScalarType.Float).contiguous())
                .toList();
    }

    private Tensor computed(Unit unit, int first) {
        Tensor x = values.get(unit.inputs().getFirst());
        return switch (unit) {
            case Convolved(Node node) ->
                TorchLayers.convolution(
                        (Layer.Convolution) node.layer(), x, weights.factor(node.name() + ".weight"), bias(node));
            case Multiplied(Node node) ->
                torch.linear(x, weights.factor(node.name() + ".weight"), TorchLayers.optional(bias(node)));
            case Normalized normalized -> normalized(normalized, x);
            case Dropped(Node node) -> dropped(node, x, first);
            case Differentiated(Node node) -> differentiated(node);
        };
    }

    private Tensor bias(Node node) {
        return weights.factor(node.name() + ".bias");
    }

    private Tensor differentiated(Node node) {
        StepPlan plan = step.plan();
        List<Tensor> inputs = new ArrayList<>();
        for (String input : node.inputs()) {
            Tensor leaf = values.get(input).detach();
            if (plan.needing().contains(input)) leaf.set_requires_grad(true);
            inputs.add(leaf);
        }
        Tensor output = layers.apply(node, inputs);
        if (!output.requires_grad()) return plan.outputs().contains(node.name()) ? output : typed(output, format());
        held.put(node.name(), new Held(inputs, output));
        return typed(output.detach(), plan.outputs().contains(node.name()) ? output.scalar_type() : format());
    }

    /** Returns the format of the values between layers. */
    private ScalarType format() {
        return precision == Precision.BFLOAT16 ? ScalarType.BFloat16 : ScalarType.Float;
    }

    /** Each value stays, times 1 / (1 − rate), or becomes 0: drawn picture by picture, so that the number of parts changes nothing. */
    private Tensor dropped(Node node, Tensor x, int first) {
        double rate = ((Layer.Dropout) node.layer()).rate();
        int pictures = Math.toIntExact(x.size(0));
        float[] factors = new float[Math.toIntExact(x.numel())];
        int width = factors.length / pictures;
        float kept = rate < 1 ? (float) (1 / (1 - rate)) : 0;
        long layer = new SplittableRandom(step.seed() * 31 + node.name().hashCode()).nextLong();
        for (int n = 0; n < pictures; n++) {
            SplittableRandom random = new SplittableRandom(layer + (first + n) * 0xD1B54A32D192ED03L);
            for (int i = 0; i < width; i++) factors[n * width + i] = random.nextDouble() < rate ? 0 : kept;
        }
        Tensor mask = torch.tensor(factors).to(x.scalar_type()).view_as(x);
        held.put(node.name(), new Held(List.of(), mask));
        return x.mul(mask);
    }

    private Tensor normalized(Normalized unit, Tensor input) {
        Tensor x = plain(input);
        MapMemory from = new MapMemory(x);
        int channels = Math.toIntExact(x.size(1));
        String name = unit.node().name();
        float[] runningMean = floats(weights.exact(name + ".running_mean"));
        float[] runningVariance = floats(weights.exact(name + ".running_var"));
        float[] mean = runningMean;
        float[] variance = runningVariance;
        Normalization normalization = normalization(channels);
        if (!rates.isFrozen(name)) {
            double[] sums = normalization.squares(from, x.numel());
            double[] total = step.sums().get(name).forward(part, sums, step.meeting());
            long count = x.numel() / channels / x.size(0) * step.size();
            mean = new float[channels];
            variance = new float[channels];
            for (int c = 0; c < channels; c++) {
                double average = total[c] / count;
                mean[c] = (float) average;
                variance[c] = (float) Math.max(0, total[channels + c] / count - average * average);
            }
            if (part == 0) remember(unit, runningMean, mean, runningVariance, variance, count);
        }
        float[] gamma = floats(weights.exact(name + ".weight"));
        float[] beta = floats(weights.exact(name + ".bias"));
        float[] inverse = new float[channels];
        float[] scale = new float[channels];
        for (int c = 0; c < channels; c++) {
            inverse[c] = (float) (1 / Math.sqrt(variance[c] + unit.layer().epsilon()));
            scale[c] = gamma[c] * inverse[c];
        }
        Optional<Tensor> added = unit.added().map(values::get).map(other -> like(other, x));
        Tensor y = torch.empty_like(x);
        normalization.normalize(
                from, added.map(MapMemory::new), unit.ceiling(), x.numel(), mean, scale, beta, new MapMemory(y));
        statistics.put(unit.output(), new Statistics(mean, inverse, scale));
        return y;
    }

    /** The variance that is remembered is that of all pictures as estimated from these: with one in the divisor less. */
    private void remember(
            Normalized unit, float[] runningMean, float[] mean, float[] runningVariance, float[] variance, long count) {
        double momentum = unit.layer().momentum();
        float[] nextMean = new float[mean.length];
        float[] nextVariance = new float[mean.length];
        for (int c = 0; c < mean.length; c++) {
            nextMean[c] = (float) ((1 - momentum) * runningMean[c] + momentum * mean[c]);
            double unbiased = (double) variance[c] * count / (count - 1);
            nextVariance[c] = (float) ((1 - momentum) * runningVariance[c] + momentum * unbiased);
        }
        put(nextMean, weights.exact(unit.node().name() + ".running_mean"));
        put(nextVariance, weights.exact(unit.node().name() + ".running_var"));
    }

    /**
     * Takes gradients by the outputs back to all that is trained.
     *
     * @param outputGradients [n, K] in 32 bits for each output, handed over
     */
    void backward(List<Tensor> outputGradients) {
        StepPlan plan = step.plan();
        Arrays.fill(gradients, 0);
        for (int i = 0; i < outputGradients.size(); i++) {
            String output = plan.outputs().get(i);
            Tensor value = values.get(output);
            give(output, typed(outputGradients.get(i).reshape_as(value), value.scalar_type()));
        }
        for (Unit unit : plan.units().reversed()) {
            List<Tensor> given = pending.remove(unit.output());
            if (given == null) continue; // nothing that is judged reads it
            switch (unit) {
                case Convolved(Node node) -> convolutionBack(node, sum(given));
                case Multiplied(Node node) -> multiplicationBack(node, sum(given));
                case Normalized normalized -> normalizationBack(normalized, given);
                case Dropped(Node node) ->
                    give(
                            node.inputs().getFirst(),
                            sum(given).mul_(held.get(node.name()).output()));
                case Differentiated(Node node) -> differentiatedBack(node, sum(given));
            }
            Tensor value = values.remove(unit.output());
            if (value != null) value.close();
        }
    }

    /** Hands a gradient over, if one is asked for. */
    private void give(String value, Tensor gradient) {
        if (step.plan().needing().contains(value))
            pending.computeIfAbsent(value, _ -> new ArrayList<>(2)).add(gradient);
    }

    private static Tensor sum(List<Tensor> gradients) {
        Tensor sum = gradients.getFirst();
        for (Tensor further : gradients.subList(1, gradients.size())) {
            sum.add_(further);
            further.close();
        }
        return sum;
    }

    private void convolutionBack(Node node, Tensor gradient) {
        Layer.Convolution layer = (Layer.Convolution) node.layer();
        String input = node.inputs().getFirst();
        boolean trained = !rates.isFrozen(node.name());
        boolean asked = step.plan().needing().contains(input);
        Tensor bias = bias(node);
        try (BoolPointer wanted = new BoolPointer(3);
                T_TensorTensorTensor_T results = torch.convolution_backward(
                        gradient,
                        values.get(input),
                        weights.factor(node.name() + ".weight"),
                        bias == null ? new LongArrayRefOptional() : new LongArrayRefOptional(bias.sizes()),
                        TorchLayers.pair(layer.stride()),
                        TorchLayers.padding(layer),
                        TorchLayers.pair(layer.dilation()),
                        false,
                        UNPADDED,
                        layer.groups(),
                        wanted.put(0, asked).put(1, trained).put(2, trained && bias != null))) {
            if (asked) give(input, new Tensor(results.get0()));
            if (trained) {
                store(node.name() + ".weight", results.get1());
                if (bias != null) store(node.name() + ".bias", results.get2());
            }
        }
        gradient.close();
    }

    private void multiplicationBack(Node node, Tensor gradient) {
        String input = node.inputs().getFirst();
        if (!rates.isFrozen(node.name())) {
            store(node.name() + ".weight", gradient.t().mm(values.get(input)));
            if (bias(node) != null)
                store(node.name() + ".bias", gradient.sum(new long[] {0}, false, new ScalarTypeOptional()));
        }
        if (step.plan().needing().contains(input)) give(input, gradient.mm(weights.factor(node.name() + ".weight")));
        gradient.close();
    }

    private void differentiatedBack(Node node, Tensor gradient) {
        Held layer = held.remove(node.name());
        if (layer == null) return; // there is no way back through it
        layer.output()
                .backward(
                        typed(gradient, layer.output().scalar_type()),
                        new BoolOptional(),
                        false,
                        new TensorArrayRefOptional());
        for (int i = 0; i < layer.inputs().size(); i++) {
            Tensor found = layer.inputs().get(i).grad(); // the leaf's own, so a handle of our own is needed
            if (found.defined()) give(node.inputs().get(i), new Tensor(found));
        }
        for (String suffix : List.of(".weight", ".bias")) {
            Tensor leaf = leaves.get(node.name() + suffix);
            if (leaf == null) continue;
            store(node.name() + suffix, leaf.grad());
            leaf.mutable_grad().reset();
        }
        layer.inputs().forEach(Tensor::close);
        layer.output().close();
        gradient.close();
    }

    private void normalizationBack(Normalized unit, List<Tensor> given) {
        Tensor x = plain(values.get(unit.input()));
        int channels = Math.toIntExact(x.size(1));
        Normalization normalization = normalization(channels);
        Statistics known = statistics.get(unit.output());
        Tensor gradient = like(given.getFirst(), x);
        Optional<MapMemory> further = given.size() < 2
                ? Optional.empty()
                : Optional.of(new MapMemory(like(sum(given.subList(1, given.size())), x)));
        MapMemory from = new MapMemory(gradient);
        MapMemory input = new MapMemory(x);
        MapMemory output = new MapMemory(unit.ceiling().isPresent() ? values.get(unit.output()) : x);
        float[] scale = known.scale();
        float[] slope = new float[channels];
        float[] offset = new float[channels];
        if (rates.isFrozen(unit.node().name())) {
            normalization.gather(from, further, unit.ceiling(), output, x.numel());
        } else {
            double[] sums =
                    normalization.gatherAndSum(from, further, unit.ceiling(), output, input, x.numel(), known.mean());
            double[] total = step.sums().get(unit.node().name()).backward(part, sums, step.meeting());
            long count = x.numel() / channels / x.size(0) * step.size();
            float[] gammaGradient = new float[channels];
            float[] betaGradient = new float[channels];
            for (int c = 0; c < channels; c++) {
                float inverse = known.inverseDeviation()[c];
                gammaGradient[c] = (float) (total[channels + c] * inverse);
                betaGradient[c] = (float) total[c];
                slope[c] = (float) (-scale[c] * inverse * inverse * total[channels + c] / count);
                offset[c] = (float) (-scale[c] * total[c] / count);
            }
            if (part == 0) {
                store(unit.node().name() + ".weight", gammaGradient);
                store(unit.node().name() + ".bias", betaGradient);
            }
        }
        if (step.plan().needing().contains(unit.input())) {
            Tensor result = torch.empty_like(x);
            normalization.inputGradient(
                    from, input, x.numel(), scale, known.mean(), slope, offset, new MapMemory(result));
            give(unit.input(), result);
        }
        unit.added().ifPresent(added -> give(added, gradient));
        if (unit.added().isEmpty()) gradient.close();
        given.subList(1, given.size()).forEach(Tensor::close);
    }

    private Normalization normalization(int channels) {
        return normalizations.computeIfAbsent(channels, Normalization::new);
    }

    /** Returns a tensor with its values one after the other, channels last: itself, if they are. */
    private static Tensor plain(Tensor tensor) {
        MemoryFormat format = tensor.dim() == 4 ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
        return tensor.is_contiguous(format) ? tensor : tensor.contiguous(format);
    }

    private static Tensor like(Tensor tensor, Tensor other) {
        return plain(typed(tensor, other.scalar_type()));
    }

    private static Tensor typed(Tensor tensor, ScalarType type) {
        // JavaCPP makes a new object of each number
        return tensor.scalar_type().intern() == type.intern() ? tensor : tensor.to(type);
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        new FloatPointer(tensor.data_ptr()).get(values);
        return values;
    }

    private static void put(float[] values, Tensor tensor) {
        new FloatPointer(tensor.data_ptr()).put(values);
    }

    private void store(String parameter, Tensor gradient) {
        ParameterVector.Slice slice = vector.slice(parameter);
        Tensor plain = typed(gradient, ScalarType.Float).contiguous();
        new FloatPointer(plain.data_ptr()).get(gradients, slice.offset(), slice.length());
    }

    private void store(String parameter, float[] gradient) {
        System.arraycopy(gradient, 0, gradients, vector.slice(parameter).offset(), gradient.length);
    }

    /** Frees what was allocated since the last {@link #end}, and begins to count what will be. */
    void begin() {
        end();
        scope = new PointerScope();
    }

    /** Frees all that the step allocated. */
    void end() {
        values.clear();
        held.clear();
        statistics.clear();
        pending.clear();
        step = null;
        if (scope != null) scope.close();
        scope = null;
    }

    @Override
    public void close() {
        leaves.values().forEach(Tensor::close);
        leaves.clear();
    }
}
