package io.fovea.training;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Order;
import io.fovea.module.Engine;
import io.fovea.network.LayerRates;
import io.fovea.optimize.Averaging;
import io.fovea.optimize.Clipping;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Regularisation;
import io.fovea.tensor.Precision;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Everything that was chosen for a run, beside the data, the network and what it starts from.
 *
 * <pre>{@code TrainingSettings.defaults(seed).withEpochs(10).withOptimizer(new Optimizer.Adam(0.9, 0.999, 1e-8), 0.001)}</pre>
 *
 * @param course      how long
 * @param pictures    how training pictures come
 * @param step        how a step changes the weights
 * @param loss        what is made small
 * @param computation what computes
 * @param seed        of the first weights, order, augmentation and dropout
 */
public record TrainingSettings(
        CourseSettings course,
        PictureSettings pictures,
        StepSettings step,
        Loss loss,
        ComputationSettings computation,
        long seed) {

    /** Checks that all is there. */
    public TrainingSettings {
        Objects.requireNonNull(course, "course");
        Objects.requireNonNull(pictures, "pictures");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(computation, "computation");
    }

    /** Momentum 0.9, rate 0.01 falling by a cosine, 30 epochs of batches of 64, all cores. */
    public static TrainingSettings defaults(long seed) {
        return new TrainingSettings(
                new CourseSettings(30, OptionalInt.empty(), new Snapshots.Never()),
                new PictureSettings(64, Order.SHUFFLED, Augmentation.NONE),
                new StepSettings(
                        new Optimizer.Momentum(0.9),
                        0.01,
                        new LearningRateSchedule.Cosine(),
                        LayerRates.ALL,
                        Regularisation.NONE,
                        1,
                        new Clipping.None(),
                        new Averaging.None()),
                new Loss.CrossEntropy(0),
                new ComputationSettings(
                        Engine.AUTOMATIC,
                        Precision.AUTOMATIC,
                        Runtime.getRuntime().availableProcessors()),
                seed);
    }

    /** Returns these settings with another number of epochs. */
    public TrainingSettings withEpochs(int epochs) {
        return with(new CourseSettings(epochs, course.earlyStopping(), course.snapshots()));
    }

    /** Returns these settings with another patience: so many epochs without a better validation loss, or empty for no end to it. */
    public TrainingSettings withEarlyStopping(OptionalInt epochs) {
        return with(new CourseSettings(course.epochs(), epochs, course.snapshots()));
    }

    /** Returns these settings with other times of snapshots. */
    public TrainingSettings withSnapshots(Snapshots snapshots) {
        return with(new CourseSettings(course.epochs(), course.earlyStopping(), snapshots));
    }

    /** Returns these settings with another batch size. */
    public TrainingSettings withBatchSize(int batchSize) {
        return with(new PictureSettings(batchSize, pictures.sampling(), pictures.augmentation()));
    }

    /** Returns these settings with another choice of the pictures of an epoch. */
    public TrainingSettings withSampling(Order sampling) {
        return with(new PictureSettings(pictures.batchSize(), sampling, pictures.augmentation()));
    }

    /** Returns these settings with other changes to training pictures. */
    public TrainingSettings withAugmentation(Augmentation augmentation) {
        return with(new PictureSettings(pictures.batchSize(), pictures.sampling(), augmentation));
    }

    /** Returns these settings with another optimizer and the learning rate that goes with it. */
    public TrainingSettings withOptimizer(Optimizer optimizer, double learningRate) {
        return with(step.withOptimizer(optimizer).withLearningRate(learningRate));
    }

    /** Returns these settings with another base learning rate. */
    public TrainingSettings withLearningRate(double learningRate) {
        return with(step.withLearningRate(learningRate));
    }

    /** Returns these settings with another course of the learning rate. */
    public TrainingSettings withSchedule(LearningRateSchedule schedule) {
        return with(step.withSchedule(schedule));
    }

    /** Returns these settings with other rates of the layers. */
    public TrainingSettings withLayerRates(LayerRates layerRates) {
        return with(step.withLayerRates(layerRates));
    }

    /** Returns these settings with another pull of the weights to zero. */
    public TrainingSettings withRegularisation(Regularisation regularisation) {
        return with(step.withRegularisation(regularisation));
    }

    /** Returns these settings with another number of batches per step. */
    public TrainingSettings withAccumulatedBatches(int batches) {
        return with(step.withAccumulatedBatches(batches));
    }

    /** Returns these settings with another bound on the gradients. */
    public TrainingSettings withClipping(Clipping clipping) {
        return with(step.withClipping(clipping));
    }

    /** Returns these settings with another averaging of the weights. */
    public TrainingSettings withAveraging(Averaging averaging) {
        return with(step.withAveraging(averaging));
    }

    /** Returns these settings with another loss. */
    public TrainingSettings withLoss(Loss loss) {
        return new TrainingSettings(course, pictures, step, loss, computation, seed);
    }

    /** Returns these settings with other engine, precision and threads. */
    public TrainingSettings withComputation(ComputationSettings computation) {
        return new TrainingSettings(course, pictures, step, loss, computation, seed);
    }

    /** Returns these settings with another seed. */
    public TrainingSettings withSeed(long seed) {
        return new TrainingSettings(course, pictures, step, loss, computation, seed);
    }

    private TrainingSettings with(CourseSettings other) {
        return new TrainingSettings(other, pictures, step, loss, computation, seed);
    }

    private TrainingSettings with(PictureSettings other) {
        return new TrainingSettings(course, other, step, loss, computation, seed);
    }

    private TrainingSettings with(StepSettings other) {
        return new TrainingSettings(course, pictures, other, loss, computation, seed);
    }
}
