package io.fovea.module;

import io.fovea.batch.Batch;
import io.fovea.image.Preprocessing;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification.Kind;
import io.fovea.optimize.Loss;
import io.fovea.optimize.PixelCounting;
import io.fovea.optimize.Targets;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.OneDnn;
import io.fovea.tensor.Precision;
import io.fovea.thread.Meeting;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network computed by libtorch: every kind of layer.
 *
 * <p>Predictions are one operation after the other, each divided among all threads. In training the batch is divided instead: every worker takes its
 * pictures through a whole step, with operations of one thread, and batch norm with what stands beside it is computed by own kernels (docs/decisions/0039).
 *
 * <p>Of frozen layers no gradients are computed, and before the first trained layer nothing is kept for the way back.
 *
 * <p>Maps lie in memory channels-last, in which pooling is vectorised and convolutions need no reordering. What a step
 * allocates is freed when the step ends, not when the garbage collector comes by.
 */
public final class TorchModule extends TrainableModule {

    /** Numbers that the gradients of all parts may be together: a gigabyte. */
    private static final long MOST_GRADIENTS = 1L << 28;

    private final Network prediction;
    private final Arithmetic arithmetic;
    private final Workers workers;
    private final LayerRates rates;
    private final int outputs;
    private final float[] parameters;
    private final TorchWeights tensors;
    private final TorchInput input;
    private final Preprocessing preprocessing;
    private final Optional<FrozenPrefix> prefix;
    private final boolean kernels;
    private final List<Part> team = new ArrayList<>();
    private final Map<String, BatchSums> sums = new HashMap<>();
    private final Map<String, StepPlan> plans = new HashMap<>();
    private final float[] gradients;
    private float[] logits = new float[0];
    private Optional<Begun> step = Optional.empty();

    /** What one worker has for itself. */
    private record Part(TrainingPart training, TorchInput input) {}

    /** The pictures of a batch that one worker takes, and what came out of them. */
    private record Share(int part, int first, int size, List<Tensor> outputs) {}

    /** A step that was taken forward, and not yet back. */
    private record Begun(TrainingPart.Step shared, Share[] shares) {}

    /** Builds the computation with every layer trained, by one thread, as {@link #TorchModule(Network, Preprocessing, Weights, LayerRates, Precision, Workers)}. */
    public TorchModule(Network network, Preprocessing preprocessing, Weights weights, Precision precision) {
        this(network, preprocessing, weights, LayerRates.ALL, precision, new Workers(1));
    }

    /**
     * Builds the computation and takes over the weights.
     *
     * @param precision 32 bits or bfloat16
     * @param workers   take the steps, and stay the caller's; predictions: {@link Libtorch#useThreads}
     */
    public TorchModule(
            Network network,
            Preprocessing preprocessing,
            Weights weights,
            LayerRates rates,
            Precision precision,
            Workers workers) {
        this(
                network,
                preprocessing,
                weights,
                rates,
                precision,
                workers,
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }

    /** Builds it with own kernels for batch norm, or as where the JVM has no Vector API. */
    TorchModule(
            Network network,
            Preprocessing preprocessing,
            Weights weights,
            LayerRates rates,
            Precision precision,
            Workers workers,
            boolean kernels) {
        super(network, rates);
        Libtorch.load();
        this.prediction = network.forPrediction();
        this.arithmetic = Arithmetic.of(network, precision);
        this.rates = rates;
        this.workers = workers;
        this.prefix = FrozenPrefix.of(network, rates);
        this.outputs = Math.toIntExact(Inference.of(network).output().count());
        this.kernels = kernels;
        this.preprocessing = preprocessing;
        this.parameters = new float[vector().parameterCount()];
        this.gradients = new float[vector().trainedCount()];
        this.tensors = new TorchWeights(vector(), arithmetic.precision());
        this.input = new TorchInput(preprocessing);
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
            Tensor maps = predicted(input.pictures(batch, 0, batch.size()), Network.INPUT, frozen.last());
            Tensor plain = maps.dim() == 4 ? maps.permute(0, 2, 3, 1).contiguous() : maps.contiguous();
            float[] values = new float[Math.toIntExact(plain.numel())];
            new FloatPointer(plain.data_ptr()).get(values);
            return values;
        }
    }

    @Override
    float[] forward(ModuleInput input, Mode mode, long seed) {
        endStep();
        switch (mode) {
            case TRAINING -> {
                int blocks = 1 + network().auxiliaries().size();
                if (logits.length < blocks * input.size() * outputs)
                    logits = new float[blocks * input.size() * outputs];
                beginStep(input, seed, share -> copyOut(share, input.size()));
            }
            case PREDICTION -> {
                try (PointerScope _ = new PointerScope();
                        NoGradGuard _ = new NoGradGuard()) {
                    Tensor output = predicted(read(this.input, input, 0, input.size()), after(input), "");
                    int length = Math.toIntExact(output.numel());
                    if (logits.length < length) logits = new float[length];
                    new FloatPointer(output.contiguous().data_ptr()).get(logits, 0, length);
                }
            }
        }
        return logits;
    }

    private String after(ModuleInput input) {
        return switch (input) {
            case ModuleInput.Pictures _ -> Network.INPUT;
            case ModuleInput.FrozenMaps _ -> prefix.orElseThrow().last();
        };
    }

    private Tensor read(TorchInput memory, ModuleInput input, int first, int count) {
        return switch (input) {
            case ModuleInput.Pictures(Batch batch) -> memory.pictures(batch, first, count);
            case ModuleInput.FrozenMaps(float[] maps, int _) ->
                memory.maps(maps, prefix.orElseThrow().output(), first, count);
        };
    }

    /** Computes the outputs, and keeps them and all that the way back needs. Each worker does something with its own. */
    private void beginStep(ModuleInput input, long seed, Consumer<Share> then) {
        String after = after(input);
        StepPlan plan = plans.computeIfAbsent(
                after,
                _ -> StepPlan.of(
                        network(),
                        after.equals(Network.INPUT)
                                ? Set.of()
                                : prefix.orElseThrow().layers(),
                        rates,
                        kernels));
        int parts = parts(input.size());
        while (team.size() < parts) {
            TrainingPart training =
                    new TrainingPart(team.size(), network(), tensors, vector(), rates, arithmetic.precision());
            team.add(new Part(training, new TorchInput(preprocessing)));
        }
        for (StepPlan.Unit unit : plan.units()) {
            if (unit instanceof StepPlan.Normalized normalized)
                sums.computeIfAbsent(normalized.node().name(), _ -> new BatchSums(workers.count()));
        }
        OneDnn.use(arithmetic.oneDnn());
        if (!kernels) torch.manual_seed(seed);
        Share[] shares = new Share[parts];
        TrainingPart.Step shared = new TrainingPart.Step(plan, sums, new Meeting(parts), input.size(), seed);
        step = Optional.of(new Begun(shared, shares)); // whatever fails, there is something to end
        each(parts, shared.meeting(), part -> {
            int first = (int) ((long) input.size() * part / parts);
            int size = (int) ((long) input.size() * (part + 1) / parts) - first;
            Part own = team.get(part);
            own.training().begin();
            List<Tensor> outputs = own.training().forward(shared, read(own.input(), input, first, size), after, first);
            shares[part] = new Share(part, first, size, outputs);
            then.accept(shares[part]);
        });
    }

    /** Returns how many workers a batch is divided among. The rest helps with single operations. */
    private int parts(int size) {
        if (!kernels) return 1; // batch norm by libtorch sees one part only
        long most = Math.max(1, MOST_GRADIENTS / Math.max(1, trained()));
        return (int) Math.min(most, Math.min(workers.count(), size));
    }

    /** Lets each part be done by its worker, with its share of the threads. */
    private void each(int parts, Meeting meeting, IntConsumer task) {
        int threads = workers.count() / parts;
        workers.run(part -> {
            if (part >= parts) return;
            int before = Libtorch.useThreadsHere(threads);
            try {
                task.accept(part);
            } catch (RuntimeException | Error failure) {
                meeting.breakUp(failure);
                throw failure;
            } finally {
                Libtorch.useThreadsHere(before);
            }
        });
    }

    /** The main output's rows of all parts come first, then those of each auxiliary output. */
    private void copyOut(Share share, int size) {
        for (int block = 0; block < share.outputs().size(); block++) {
            Tensor output = share.outputs().get(block);
            new FloatPointer(output.data_ptr())
                    .get(logits, (block * size + share.first()) * outputs, share.size() * outputs);
        }
    }

    @Override
    void backward(float[] outputGradient) {
        Begun begun = step.orElseThrow(
                () -> new IllegalStateException("backward without a forward pass in training before it"));
        int size = begun.shared().size();
        int blocks = 1 + network().auxiliaries().size();
        if (outputGradient.length < blocks * size * outputs) {
            throw new IllegalArgumentException(
                    "Expected " + blocks * size * outputs + " gradients of outputs, found " + outputGradient.length);
        }
        finishStep(share -> {
            List<Tensor> given = new ArrayList<>();
            for (int block = 0; block < blocks; block++) {
                FloatPointer values = new FloatPointer(share.size() * outputs);
                values.put(outputGradient, (block * size + share.first()) * outputs, share.size() * outputs);
                given.add(torch.from_blob(values, share.size(), outputs));
            }
            return given;
        });
    }

    /** Takes gradients by the outputs back, adds up what the parts found, and frees what the step allocated. */
    private void finishStep(Function<Share, List<Tensor>> outputGradients) {
        Begun begun = step.orElseThrow();
        Share[] shares = begun.shares();
        OneDnn.use(arithmetic.oneDnn());
        try {
            each(shares.length, begun.shared().meeting(), part -> team.get(part)
                    .training()
                    .backward(outputGradients.apply(shares[part])));
            workers.ranges(gradients.length, 1 << 12, (from, to) -> addUp(shares.length, from, to));
        } finally {
            endStep();
        }
    }

    private void addUp(int parts, int from, int to) {
        System.arraycopy(team.getFirst().training().gradients(), from, gradients, from, to - from);
        for (int part = 1; part < parts; part++) {
            float[] added = team.get(part).training().gradients();
            for (int i = from; i < to; i++) gradients[i] += added[i];
        }
    }

    /** Maps of classes are judged where they lie: a class for each pixel is all that comes to the heap. */
    @Override
    BatchTally judgedBackward(ModuleInput input, Objective objective, long seed) {
        int size = input.size();
        boolean pixels = objective.loss() instanceof Loss.CrossEntropy
                && objective.targets() instanceof Targets.Masks
                && objective.counting() instanceof PixelCounting
                && network().auxiliaries().isEmpty();
        if (!pixels) return super.judgedBackward(input, objective, seed);
        Loss.CrossEntropy loss = (Loss.CrossEntropy) objective.loss();
        Targets.Masks masks = (Targets.Masks) objective.targets();
        PixelCounting counting = (PixelCounting) objective.counting();
        int classes = outputs / masks.area();
        double divisor = loss.sumOfWeights(masks, size, classes);
        if (divisor == 0) return super.judgedBackward(input, objective, seed);
        endStep();
        byte[] answers = new byte[size * masks.area()];
        Tensor[] ways = new Tensor[workers.count()];
        double[] losses = new double[workers.count()];
        beginStep(input, seed, share -> {
            Tensor logits = share.outputs().getFirst().detach();
            logits.set_requires_grad(true);
            PixelLoss.answer(logits, classes, masks.area(), answers, share.first());
            Tensor judged =
                    PixelLoss.of(logits, loss, masks, share.first(), classes).div(new Scalar(divisor));
            judged.backward();
            losses[share.part()] = judged.item_float();
            ways[share.part()] = new Tensor(logits.grad());
        });
        double[] counts = new double[counting.counts()];
        counting.countPixels(answers, masks, size, counts);
        double mean = Arrays.stream(losses).sum();
        if (Double.isFinite(mean)) finishStep(share -> List.of(ways[share.part()]));
        else endStep();
        return new BatchTally(size, mean, divisor, counts);
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
        for (ParameterVector.Slice slice : vector().slices())
            if (vector().isTrained(slice)) tensors.put(slice, parameters);
    }

    @Override
    float[] buffers() {
        return tensors.buffers();
    }

    @Override
    void weightsChanged(float[] buffers) {
        for (ParameterVector.Slice slice : vector().slices())
            tensors.put(slice, slice.specification().kind() == Kind.PARAMETER ? parameters : buffers);
    }

    @Override
    public void close() {
        endStep();
        for (Part part : team) {
            part.training().close();
            part.input().close();
        }
        team.clear();
        tensors.close();
        input.close();
    }

    private void endStep() {
        if (step.isEmpty()) return;
        step = Optional.empty();
        workers.run(part -> {
            if (part < team.size()) team.get(part).training().end();
        });
    }

    private Tensor predicted(Tensor from, String after, String until) {
        OneDnn.use(arithmetic.oneDnn());
        if (arithmetic.precision() != Precision.BFLOAT16) return graph(from, after, until);
        torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
        torch.set_autocast_enabled(DeviceType.CPU, true);
        torch.increment_nesting();
        try {
            return graph(from, after, until).to(ScalarType.Float);
        } finally {
            if (torch.decrement_nesting() == 0) torch.clear_cache();
            torch.set_autocast_enabled(DeviceType.CPU, false);
        }
    }

    /** Computes from a value with its layer's name to another layer; to the outputs [N, K] if that has no name. */
    private Tensor graph(Tensor from, String after, String until) {
        TorchLayers layers = new TorchLayers(tensors.exact(), rates, Mode.PREDICTION);
        Map<String, Tensor> values = new HashMap<>();
        values.put(after, from);
        Tensor last = from;
        boolean isPassed = !after.equals(Network.INPUT);
        for (Node node : prediction.nodes()) {
            if (isPassed && prefix.orElseThrow().layers().contains(node.name())) continue;
            if (node.layer() instanceof Layer.Softmax) break; // the outputs are logits
            last = layers.apply(node, node.inputs().stream().map(values::get).toList());
            values.put(node.name(), last);
            if (node.name().equals(until)) return last;
        }
        return last.flatten(1, -1);
    }
}
