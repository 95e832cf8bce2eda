package io.fovea.module;

import io.fovea.batch.Batch;
import io.fovea.network.AuxiliaryOutput;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Update;
import io.fovea.optimize.UpdateRule;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A network with weights that predicts and learns, whole steps at a time: a batch and what it should be taken for go in, how it was judged comes
 * out, and outputs, gradients and parameters stay where they are computed. Owns memory outside the heap or threads, so close it.
 *
 * <p>Both engines compute the same numbers up to rounding; equal input on equal settings gives equal bits. For one thread at a time.
 *
 * <p>Symbols: N pictures in the batch, K outputs, A auxiliary outputs, P parameters of which the first P' are trained and the others
 * frozen (see {@link ParameterVector}).
 */
public abstract sealed class TrainableModule implements AutoCloseable permits TorchModule, VectorModule {

    private final Network network;
    private final ParameterVector vector;
    private Optional<ParameterUpdate> update = Optional.empty();
    private Optional<StepExchange> exchange = Optional.empty();
    private Optional<Workers> exchanging = Optional.empty();
    private float[] outputGradient = new float[0]; // [1 + A, N, K]
    private float[] block = new float[0]; // [N, K]

    TrainableModule(Network network, LayerRates rates) {
        this.network = network;
        this.vector = new ParameterVector(network, rates);
    }

    /** Returns what is computed. */
    public final Network network() {
        return network;
    }

    /** Returns where each parameter and buffer lies in a {@link Snapshot}. */
    public final ParameterVector vector() {
        return vector;
    }

    /** Returns P', how many of the parameters are trained. */
    public final int trained() {
        return vector.trainedCount();
    }

    /** Returns what computes, for people: engine, precision, threads. */
    public abstract String description();

    /** Returns what is computed otherwise than was asked for, and why; mostly nothing. */
    public Optional<String> remark() {
        return Optional.empty();
    }

    /** Returns K. */
    public abstract int outputs();

    /**
     * Computes the outputs of a batch.
     *
     * @return [N, K]; the array may be longer and is used again by the next call
     */
    public final float[] predict(Batch batch) {
        return predict(new ModuleInput.Pictures(batch));
    }

    /** Computes the outputs as {@link #predict(Batch)} does. */
    public final float[] predict(ModuleInput input) {
        return forward(input, Mode.PREDICTION, 0);
    }

    /**
     * Begins to learn by a rule, with nothing remembered.
     *
     * @param workers change the parameters; the caller's
     */
    public final void learnBy(UpdateRule rule, Workers workers) {
        update = Optional.of(new ParameterUpdate(rule, trained(), workers, parameters(), buffers()));
    }

    /**
     * Learns from now on as one of several ranks: each step takes a part of the batch, which may be empty, and every rank's parameters change by
     * the gradient of the whole. All ranks must begin with the same numbers and take the same steps.
     *
     * @param workers scale the gradients; the caller's
     */
    public final void learnAmong(StepExchange others, Workers workers) {
        exchange = Optional.of(others);
        exchanging = Optional.of(workers);
    }

    /**
     * Takes a batch forward, judges it, takes it backward, and does with the gradient what the update says. A loss that is no number changes
     * nothing.
     *
     * @param seed decides what dropout drops; the same seed drops the same
     * @return how the batch was judged before the parameters changed; {@linkplain #learnAmong among ranks} the whole of it
     * @throws IllegalStateException before {@link #learnBy}
     */
    public final BatchTally step(ModuleInput input, Objective objective, Update what, long seed) {
        ParameterUpdate learning =
                update.orElseThrow(() -> new IllegalStateException("A step before learnBy said by what rule"));
        BatchTally tally = exchange.isPresent()
                ? judgedAmong(exchange.get(), input, objective, seed)
                : judgedBackward(input, objective, seed);
        if (!Double.isFinite(tally.loss())) return tally;
        if (!learning.follow(what, parameters(), gradients(), tally.weight())) return tally;
        parametersChanged();
        if (learning.averages()) learning.average(parameters(), buffers());
        return tally;
    }

    private BatchTally judgedAmong(StepExchange others, ModuleInput input, Objective objective, long seed) {
        float[] buffers = buffers();
        BatchTally part = input.size() > 0 ? judgedBackward(input, objective, seed) : judgedNothing(objective);
        float[] changes = Snapshot.difference(buffers(), buffers);
        BatchTally whole = others.sum(part, gradients(), trained(), changes, exchanging.orElseThrow());
        if (changes.length > 0) buffersChanged(sum(buffers, changes));
        return whole;
    }

    private BatchTally judgedNothing(Objective objective) {
        Arrays.fill(gradients(), 0, trained(), 0);
        return new BatchTally(0, 0, 0, new double[objective.counting().counts()]);
    }

    /** Returns how many steps were taken since {@link #learnBy}, or since the training that {@link #load(Snapshot)} goes on with began. */
    public final long steps() {
        return update.map(ParameterUpdate::steps).orElse(0L);
    }

    /** Returns the gradients [P'] of the last step as the optimizer left them, a copy. */
    public final float[] lastGradients() {
        return Arrays.copyOf(gradients(), trained());
    }

    /** Returns a copy of all that is needed to go on from here. */
    public final Snapshot snapshot() {
        return live().copy();
    }

    /** Returns the same without a copy, to be written or looked at before the next step: large networks have room for one. */
    public final Snapshot live() {
        return new Snapshot(
                parameters(),
                buffers(),
                steps(),
                update.map(ParameterUpdate::memory).orElse(List.of()),
                update.flatMap(ParameterUpdate::mean).map(WeightAverage::memory).orElse(List.of()));
    }

    /**
     * Goes on from a snapshot. One of a module that did not learn gives its parameters and buffers alone.
     *
     * @throws IllegalArgumentException if it is of another network, or of a training by another rule
     */
    public final void load(Snapshot snapshot) {
        write(snapshot.parameters(), snapshot.buffers());
        boolean remembers = snapshot.steps() > 0;
        if (remembers && update.isPresent()) update.get().restore(snapshot);
    }

    /**
     * Adds what was learned elsewhere to the parameters and buffers; the optimizer remembers what it did, and the steps are still its own.
     *
     * @throws IllegalArgumentException if it is of another network
     */
    public final void add(Snapshot.Change change) {
        float[] parameters = sum(parameters(), change.parameters());
        write(parameters, sum(buffers(), change.buffers()));
    }

    private static float[] sum(float[] values, float[] added) {
        if (values.length != added.length)
            throw new IllegalArgumentException(
                    "Expected a change of " + values.length + " numbers, found " + added.length);
        float[] sum = new float[values.length];
        for (int i = 0; i < sum.length; i++) sum[i] = values[i] + added[i];
        return sum;
    }

    private void write(float[] parameters, float[] buffers) {
        if (parameters.length != vector.parameterCount() || buffers.length != vector.bufferCount()) {
            throw new IllegalArgumentException("Expected " + vector.parameterCount() + " parameters and "
                    + vector.bufferCount() + " buffers of network \"" + network.name() + "\", found "
                    + parameters.length + " and " + buffers.length);
        }
        System.arraycopy(parameters, 0, parameters(), 0, parameters.length);
        weightsChanged(buffers);
    }

    /** Returns a copy of all parameters and buffers under their names. */
    public final Weights weights() {
        return vector.weights(parameters(), buffers());
    }

    /** Returns the mean of many steps' weights if the rule keeps one, else those of the last step. */
    public final Weights meanWeights() {
        return update.flatMap(ParameterUpdate::mean)
                .map(mean -> vector.weights(mean.parameters(parameters()), mean.buffers()))
                .orElseGet(this::weights);
    }

    /**
     * Takes over parameters and buffers by name.
     *
     * @throws io.fovea.problem.Problem if one is missing or has another shape
     */
    public final void load(Weights weights) {
        float[] buffers = new float[vector.bufferCount()];
        vector.read(weights, parameters(), buffers);
        weightsChanged(buffers);
    }

    @Override
    public abstract void close();

    /**
     * Computes the outputs. In training a network with A auxiliary outputs gives A + 1 blocks [N, K] one after the other: first the main output,
     * then the auxiliaries in the network's order. In prediction there is the main output alone.
     *
     * @return [N, K], or in training with auxiliary outputs [(A + 1)·N, K]; the array may be longer and is used again by the next call
     */
    abstract float[] forward(ModuleInput input, Mode mode, long seed);

    /**
     * Computes the gradients that belong to the last {@link #forward} in training.
     *
     * @param outputGradient the loss's gradient by the outputs, in the layout that {@link #forward} gave
     * @throws IllegalStateException if no forward pass in training came before
     */
    abstract void backward(float[] outputGradient);

    /** Returns the parameters, live and flat [P]. Whoever writes to the first P' calls {@link #parametersChanged}. */
    abstract float[] parameters();

    /** Returns what the last backward pass computed, live, flat, at least [P']; an optimizer may overwrite it. */
    abstract float[] gradients();

    /** Tells that the trained part of {@link #parameters} was written to. */
    abstract void parametersChanged();

    /** Returns a copy of the numbers that layers keep beside their parameters, flat. */
    abstract float[] buffers();

    /** Gives other numbers that layers keep beside their parameters. */
    abstract void buffersChanged(float[] buffers);

    /** Tells that all of {@link #parameters} was written to, and gives the buffers. */
    abstract void weightsChanged(float[] buffers);

    /** Takes a batch forward and backward; a loss that is no number is not taken backward. Here the outputs come to the heap and are judged there. */
    BatchTally judgedBackward(ModuleInput input, Objective objective, long seed) {
        float[] all = forward(input, Mode.TRAINING, seed);
        return judgedBackward(all, input.size(), objective);
    }

    /** Judges outputs on the heap and takes them backward. */
    final BatchTally judgedBackward(float[] all, int size, Objective objective) {
        double[] counts = new double[objective.counting().counts()];
        objective.counting().count(all, objective.targets(), size, counts);
        int values = size * outputs();
        int blocks = 1 + network.auxiliaries().size();
        if (outputGradient.length < blocks * values) outputGradient = new float[blocks * values];
        Loss.Result result = objective.loss().of(all, objective.targets(), size, outputs(), outputGradient);
        double mean = result.mean();
        for (int a = 1; a < blocks; a++) mean += auxiliary(a, all, objective, size);
        if (Double.isFinite(mean)) backward(outputGradient);
        return new BatchTally(size, mean, result.weight(), counts);
    }

    /** Adds an auxiliary output's gradient and returns its part of the loss. */
    private double auxiliary(int a, float[] all, Objective objective, int size) {
        int values = size * outputs();
        if (block.length < values) block = new float[values];
        AuxiliaryOutput auxiliary = network.auxiliaries().get(a - 1);
        float[] logits = Arrays.copyOfRange(all, a * values, (a + 1) * values);
        Loss.Result result = objective.loss().of(logits, objective.targets(), size, outputs(), block);
        for (int i = 0; i < values; i++) outputGradient[a * values + i] = (float) (auxiliary.lossWeight() * block[i]);
        return auxiliary.lossWeight() * result.mean();
    }
}
