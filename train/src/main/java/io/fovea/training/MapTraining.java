package io.fovea.training;

import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Optimizer;

/**
 * Settings to begin with where a network answers with maps: each picture teaches thousands of pixels, so batches are small and steps many.
 *
 * <p>What was tried: docs/experiments.md.
 */
public final class MapTraining {

    private static final int BATCH_SIZE = 8;
    private static final double RATE = 2e-3;
    private static final double RATE_ON_BACKBONE = 1e-3;
    private static final double WARM_UP = 0.1;

    private MapTraining() {}

    /** Returns those of a network with drawn weights: AdamW, a rate of 0.002 after a warm-up and falling by a cosine, batches of 8. */
    public static TrainingSettings defaults(long seed) {
        return at(RATE, seed);
    }

    /** Returns those of a network on a pretrained backbone, whose layers learn at a tenth of this rate: 0.001. */
    public static TrainingSettings onBackbone(long seed) {
        return at(RATE_ON_BACKBONE, seed);
    }

    private static TrainingSettings at(double rate, long seed) {
        return TrainingSettings.defaults(seed)
                .withBatchSize(BATCH_SIZE)
                .withOptimizer(new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01), rate)
                .withSchedule(new LearningRateSchedule.WarmUp(WARM_UP, new LearningRateSchedule.Cosine()));
    }
}
