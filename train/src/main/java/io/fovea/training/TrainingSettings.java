package io.fovea.training;

import io.fovea.dataset.Augmentation;
import io.fovea.module.Engine;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Regularisation;
import io.fovea.tensor.Precision;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Everything that was chosen for a run, beside the data and the network.
 *
 * @param epochs         passes over the training pictures
 * @param batchSize      N of a step; the last batch of an epoch may be smaller
 * @param optimizer      the rule of a step
 * @param learningRate   the base rate, above 0
 * @param schedule       how the rate changes in the run
 * @param regularisation the pull of weights to zero
 * @param loss           what is made small
 * @param augmentation   random changes to training pictures
 * @param earlyStopping  after how many epochs without a better validation loss to stop; empty for never
 * @param seed           of the first weights, order, augmentation and dropout
 * @param engine         what computes
 * @param precision      number format of the products
 * @param threads        how many threads compute; part of what makes a run repeatable
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        Optimizer optimizer,
        double learningRate,
        LearningRateSchedule schedule,
        Regularisation regularisation,
        Loss loss,
        Augmentation augmentation,
        OptionalInt earlyStopping,
        long seed,
        Engine engine,
        Precision precision,
        int threads) {

    /** Checks ranges. */
    public TrainingSettings {
        if (epochs < 1) throw new IllegalArgumentException("epochs must be at least 1: " + epochs);
        if (batchSize < 1) throw new IllegalArgumentException("batchSize must be at least 1: " + batchSize);
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learningRate must be above 0: " + learningRate);
        }
        if (threads < 1) throw new IllegalArgumentException("threads must be at least 1: " + threads);
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(regularisation, "regularisation");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(augmentation, "augmentation");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(precision, "precision");
        if (earlyStopping.isPresent() && earlyStopping.getAsInt() < 1) {
            throw new IllegalArgumentException("earlyStopping must be at least 1 epoch: " + earlyStopping.getAsInt());
        }
    }

    /** Momentum 0.9, rate 0.01 falling by a cosine, 30 epochs of batches of 64, all cores. */
    public static TrainingSettings defaults(long seed) {
        return new TrainingSettings(
                30,
                64,
                new Optimizer.Momentum(0.9),
                0.01,
                new LearningRateSchedule.Cosine(),
                Regularisation.NONE,
                new Loss.CrossEntropy(0),
                Augmentation.NONE,
                OptionalInt.empty(),
                seed,
                Engine.AUTOMATIC,
                Precision.AUTOMATIC,
                Runtime.getRuntime().availableProcessors());
    }

    /** Returns these settings with another number of epochs. */
    public TrainingSettings withEpochs(int other) {
        return new TrainingSettings(
                other,
                batchSize,
                optimizer,
                learningRate,
                schedule,
                regularisation,
                loss,
                augmentation,
                earlyStopping,
                seed,
                engine,
                precision,
                threads);
    }
}
