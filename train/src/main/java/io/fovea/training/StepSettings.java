package io.fovea.training;

import io.fovea.network.LayerRates;
import io.fovea.optimize.Averaging;
import io.fovea.optimize.Clipping;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Regularisation;
import java.util.Objects;

/**
 * How a step changes the weights.
 *
 * @param optimizer          the rule
 * @param learningRate       the base rate, above 0
 * @param schedule           how the rate changes in the run
 * @param layerRates         how fast each layer learns beside the base rate; 0 freezes it
 * @param regularisation     the pull of weights to zero
 * @param accumulatedBatches how many batches a step learns from: their gradients are averaged over all their pictures (over their
 *                           class weights, where these differ). The last step of an epoch takes what is left, perhaps fewer batches. Batch norms see one
 *                           batch at a time
 * @param clipping           a bound on the gradients
 * @param averaging          whether the mean weights of many steps are validated and kept
 */
public record StepSettings(
        Optimizer optimizer,
        double learningRate,
        LearningRateSchedule schedule,
        LayerRates layerRates,
        Regularisation regularisation,
        int accumulatedBatches,
        Clipping clipping,
        Averaging averaging) {

    /** Checks ranges. */
    public StepSettings {
        Objects.requireNonNull(optimizer, "optimizer");
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learningRate must be above 0: " + learningRate);
        }
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(layerRates, "layerRates");
        Objects.requireNonNull(regularisation, "regularisation");
        if (accumulatedBatches < 1) {
            throw new IllegalArgumentException("accumulatedBatches must be at least 1: " + accumulatedBatches);
        }
        Objects.requireNonNull(clipping, "clipping");
        Objects.requireNonNull(averaging, "averaging");
    }

    /** Returns these settings with another optimizer. */
    public StepSettings withOptimizer(Optimizer optimizer) {
        return new StepSettings(
                optimizer, learningRate, schedule, layerRates, regularisation, accumulatedBatches, clipping, averaging);
    }

    /** Returns these settings with another base rate. */
    public StepSettings withLearningRate(double learningRate) {
        return new StepSettings(
                optimizer, learningRate, schedule, layerRates, regularisation, accumulatedBatches, clipping, averaging);
    }

    /** Returns these settings with another course of the rate. */
    public StepSettings withSchedule(LearningRateSchedule schedule) {
        return new StepSettings(
                optimizer, learningRate, schedule, layerRates, regularisation, accumulatedBatches, clipping, averaging);
    }

    /** Returns these settings with other rates of the layers. */
    public StepSettings withLayerRates(LayerRates layerRates) {
        return new StepSettings(
                optimizer, learningRate, schedule, layerRates, regularisation, accumulatedBatches, clipping, averaging);
    }

    /** Returns these settings with another pull to zero. */
    public StepSettings withRegularisation(Regularisation regularisation) {
        return new StepSettings(
                optimizer, learningRate, schedule, layerRates, regularisation, accumulatedBatches, clipping, averaging);
    }

    /** Returns these settings with another number of batches. */
    public StepSettings withAccumulatedBatches(int accumulatedBatches) {
        return new StepSettings(
                optimizer, learningRate, schedule, layerRates, regularisation, accumulatedBatches, clipping, averaging);
    }

    /** Returns these settings with another bound on the gradients. */
    public StepSettings withClipping(Clipping clipping) {
        return new StepSettings(
                optimizer, learningRate, schedule, layerRates, regularisation, accumulatedBatches, clipping, averaging);
    }

    /** Returns these settings with another averaging. */
    public StepSettings withAveraging(Averaging averaging) {
        return new StepSettings(
                optimizer, learningRate, schedule, layerRates, regularisation, accumulatedBatches, clipping, averaging);
    }
}
