package io.fovea.module;

import io.fovea.optimize.Averaging;
import io.fovea.optimize.Optimization;
import io.fovea.optimize.Update;
import io.fovea.optimize.UpdateRule;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An update rule at work on flat parameters: gradients that wait, the optimizer's memory, the mean weights.
 *
 * <p>Equal input gives equal bits, whatever the number of workers.
 */
final class ParameterUpdate {

    /** Parameters per piece of a step: whole cache lines for each thread. */
    private static final int GRAIN = 4096;

    private final UpdateRule rule;
    private final int trained;
    private final Workers workers;
    private final Optimization optimization;
    private final Optional<WeightAverage> average;
    private float[] waiting = new float[0]; // [P'], only where several batches make a step
    private double waitingWeight;

    /** Starts with nothing remembered. */
    ParameterUpdate(UpdateRule rule, int trained, Workers workers, float[] parameters, float[] buffers) {
        this.rule = rule;
        this.trained = trained;
        this.workers = workers;
        optimization = new Optimization(rule.optimizer(), rule.regularisation(), rule.ranges(), trained);
        average = switch (rule.averaging()) {
            case Averaging.None _ -> Optional.empty();
            case Averaging.Exponential mean -> Optional.of(new WeightAverage(mean, parameters, trained, buffers));
        };
    }

    /**
     * Does what follows a batch.
     *
     * @param gradients of the batch's mean loss; overwritten
     * @param weight    what that mean was divided by
     * @return whether the parameters changed
     */
    boolean follow(Update update, float[] parameters, float[] gradients, double weight) {
        return switch (update) {
            case Update.Wait _ -> {
                keep(gradients, weight);
                yield false;
            }
            case Update.Step(double learningRate) -> {
                if (waitingWeight > 0) {
                    keep(gradients, weight);
                    takeMean(gradients);
                }
                rule.clipping().apply(gradients, trained, workers);
                optimization.beginStep();
                workers.ranges(
                        trained,
                        GRAIN,
                        (from, to) -> optimization.update(parameters, gradients, learningRate, from, to));
                yield true;
            }
        };
    }

    private void keep(float[] gradients, double weight) {
        if (waiting.length == 0) waiting = new float[trained];
        float factor = (float) weight;
        workers.ranges(trained, GRAIN, (from, to) -> {
            for (int i = from; i < to; i++) waiting[i] += factor * gradients[i];
        });
        waitingWeight += weight;
    }

    private void takeMean(float[] gradients) {
        float factor = (float) (1 / waitingWeight);
        workers.ranges(trained, GRAIN, (from, to) -> {
            for (int i = from; i < to; i++) {
                gradients[i] = factor * waiting[i];
                waiting[i] = 0;
            }
        });
        waitingWeight = 0;
    }

    /** Whether mean weights are kept, which need the buffers after each step. */
    boolean averages() {
        return average.isPresent();
    }

    /** Takes the weights after a step into the mean. */
    void average(float[] parameters, float[] buffers) {
        average.ifPresent(mean -> mean.add(optimization.steps(), parameters, buffers, workers));
    }

    Optional<WeightAverage> mean() {
        return average;
    }

    long steps() {
        return optimization.steps();
    }

    /** Returns what the optimizer remembers, live. */
    List<float[]> memory() {
        return optimization.memory();
    }

    void restore(Snapshot snapshot) {
        optimization.restore(snapshot.steps(), snapshot.memory());
        average.ifPresent(mean -> mean.restore(snapshot.average()));
        if (waitingWeight > 0) Arrays.fill(waiting, 0);
        waitingWeight = 0;
    }
}
