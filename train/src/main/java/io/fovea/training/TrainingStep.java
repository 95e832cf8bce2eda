package io.fovea.training;

import io.fovea.batch.Batch;
import io.fovea.learning.Learning;
import io.fovea.module.Mode;
import io.fovea.module.TrainableModule;
import io.fovea.network.AuxiliaryOutput;
import io.fovea.network.Network;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimization;
import io.fovea.optimize.Targets;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A step of the optimizer, made of one batch or several: {@link #add} each batch, then {@link #finish}.
 *
 * <p>The gradient of a step is Σ w(b)·g(b) / Σ w(b), with g(b) the gradient of a batch's mean loss and w(b) what that mean was divided
 * by: just the gradient of the mean over all pictures.
 */
final class TrainingStep {

    /** Parameters per piece of an optimizer's step: whole cache lines for each thread. */
    private static final int GRAIN = 4096;

    private final TrainableModule module;
    private final List<AuxiliaryOutput> auxiliaries;
    private final StepSettings settings;
    private final Loss loss;
    private final Learning learning;
    private final Optimization optimization;
    private final Workers workers;
    private final Forward forward;
    private final int outputs;
    private float[] gradient = new float[0]; // [1 + A, N, K]
    private float[] block = new float[0]; // [N, K]
    private float[] accumulated = new float[0]; // [P'], only where several batches make a step
    private double accumulatedWeight;

    /** What takes a batch to its outputs: the module, or what follows its frozen layers. */
    @FunctionalInterface
    interface Forward {
        /** Returns what {@link TrainableModule#forward} does. */
        float[] of(Batch batch, Mode mode, long seed);
    }

    /** @param loss with its class weights counted */
    TrainingStep(
            TrainableModule module,
            Forward forward,
            StepSettings settings,
            Loss loss,
            Learning learning,
            Optimization optimization,
            Workers workers) {
        this.module = module;
        this.forward = forward;
        this.settings = settings;
        this.loss = loss;
        this.learning = learning;
        this.optimization = optimization;
        this.workers = workers;
        Network network = module.network();
        auxiliaries = network.auxiliaries();
        outputs = module.outputs();
        if (settings.accumulatedBatches() > 1) accumulated = new float[module.trained()];
    }

    /**
     * Takes a batch forward and backward.
     *
     * @param seed of what is dropped
     * @return how the batch was judged, without the time; a loss that is no number is not taken backward
     */
    Tally add(Batch pictures, long seed) {
        Targets targets = learning.targets(pictures);
        int size = pictures.size();
        float[] all = forward.of(pictures, Mode.TRAINING, seed);
        int values = size * outputs;
        int blocks = 1 + auxiliaries.size();
        double[] counts = new double[learning.counts()];
        learning.count(all, targets, size, counts);
        Optional<Loss.Result> judged = module.backward(loss, targets);
        if (judged.isPresent()) {
            double mean = judged.get().mean();
            if (Double.isFinite(mean) && settings.accumulatedBatches() > 1)
                accumulate(judged.get().weight());
            return Tally.of(size, mean * size, counts);
        }
        if (gradient.length < blocks * values) gradient = new float[blocks * values];
        Loss.Result result = loss.of(all, targets, size, outputs, gradient);
        double mean = result.mean();
        for (int a = 1; a < blocks; a++) mean += auxiliary(a, all, targets, size);
        Tally tally = Tally.of(size, mean * size, counts);
        if (!Double.isFinite(mean)) return tally;
        module.backward(gradient);
        if (settings.accumulatedBatches() > 1) accumulate(result.weight());
        return tally;
    }

    /** Adds an auxiliary output's gradient and returns its part of the loss. */
    private double auxiliary(int a, float[] all, Targets targets, int size) {
        int values = size * outputs;
        if (block.length < values) block = new float[values];
        double weight = auxiliaries.get(a - 1).lossWeight();
        float[] logits = Arrays.copyOfRange(all, a * values, (a + 1) * values);
        Loss.Result result = loss.of(logits, targets, size, outputs, block);
        for (int i = 0; i < values; i++) gradient[a * values + i] = (float) (weight * block[i]);
        return weight * result.mean();
    }

    private void accumulate(double batchWeight) {
        float[] gradients = module.gradients();
        float weight = (float) batchWeight;
        workers.ranges(accumulated.length, GRAIN, (from, to) -> {
            for (int i = from; i < to; i++) accumulated[i] += weight * gradients[i];
        });
        accumulatedWeight += batchWeight;
    }

    /** Changes the parameters by all batches added since the last step. */
    void finish(double learningRate) {
        float[] parameters = module.parameters();
        float[] gradients = module.gradients();
        int trained = module.trained();
        if (settings.accumulatedBatches() > 1) {
            float factor = (float) (accumulatedWeight == 0 ? 0 : 1 / accumulatedWeight);
            workers.ranges(trained, GRAIN, (from, to) -> {
                for (int i = from; i < to; i++) {
                    gradients[i] = factor * accumulated[i];
                    accumulated[i] = 0;
                }
            });
            accumulatedWeight = 0;
        }
        settings.clipping().apply(gradients, trained, workers);
        optimization.beginStep();
        workers.ranges(
                trained, GRAIN, (from, to) -> optimization.update(parameters, gradients, learningRate, from, to));
        module.parametersChanged();
    }
}
