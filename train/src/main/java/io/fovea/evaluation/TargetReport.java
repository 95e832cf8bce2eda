package io.fovea.evaluation;

import io.fovea.image.Target;

/**
 * How well one target is met, in its own unit: pixels of the prepared picture for places.
 *
 * @param target             the target
 * @param rootMeanSquare     √ of the mean squared error (RMSE)
 * @param meanAbsolute       mean absolute error (MAE)
 * @param guessRootMeanSquare the RMSE of always guessing the same value
 * @param guessMeanAbsolute  the MAE of that
 */
public record TargetReport(
        Target target,
        Estimate rootMeanSquare,
        Estimate meanAbsolute,
        double guessRootMeanSquare,
        double guessMeanAbsolute) {}
