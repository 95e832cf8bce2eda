package io.fovea.training;

import io.fovea.optimize.Clipping;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Optimizer;

/**
 * How weights that others trained go on learning without losing what they know: small steps of much the same size for every layer, none of
 * them large at first.
 *
 * <p>AdamW moves a weight by about the learning rate, however steep the loss is there: where batch norms are folded into convolutions,
 * or missing, gradients differ by orders of magnitude between layers, and one rate for plain gradients is too large for some of them. The rate rises
 * over the first tenth of the run, as the moments are not yet known, and gradients are bounded. Which rates were tried: docs/experiments.md.
 */
public final class FineTuning {

    private static final double RATE = 5e-5;
    private static final double WARM_UP = 0.1;
    private static final double LONGEST_GRADIENT = 1;
    private static final int BATCH_SIZE = 32;

    private FineTuning() {}

    /** Returns the settings to begin with: AdamW, a rate of 0.00005 after a warm-up and falling by a cosine, batches of 32. */
    public static TrainingSettings defaults(long seed) {
        Optimizer optimizer = new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01);
        return TrainingSettings.defaults(seed)
                .withBatchSize(BATCH_SIZE)
                .withOptimizer(optimizer, learningRate(optimizer))
                .withSchedule(new LearningRateSchedule.WarmUp(WARM_UP, new LearningRateSchedule.Cosine()))
                .withClipping(new Clipping.ByNorm(LONGEST_GRADIENT));
    }

    /** Returns the base rate that is safe for weights that others trained. */
    public static double learningRate(Optimizer optimizer) {
        return switch (optimizer) {
            case Optimizer.GradientDescent _ -> 1e-3;
            case Optimizer.Momentum _, Optimizer.Nesterov _ -> 1e-3;
            case Optimizer.Adam _, Optimizer.AdamW _, Optimizer.RmsProp _ -> RATE;
            case Optimizer.Adagrad _ -> 1e-3;
            case Optimizer.AdaDelta _ -> 0.1;
        };
    }
}
