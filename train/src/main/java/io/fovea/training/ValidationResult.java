package io.fovea.training;

import io.fovea.training.TrainingEvent.EpochFinished;
import io.fovea.training.TrainingEvent.StartJudged;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good a run was on its validation pictures in the epoch whose weights it kept.
 *
 * @param epoch    the epoch, from 1; 0 for the weights that the run was given to begin with
 * @param loss     the smallest of all epochs
 * @param accuracy of that epoch; empty in a regression
 * @param error    of that epoch, in the targets' units; empty in a classification
 */
public record ValidationResult(int epoch, double loss, OptionalDouble accuracy, OptionalDouble error) {

    /** The better first: the higher accuracy or the lower error, and of equals the lower loss. */
    public static final Comparator<ValidationResult> BETTER_FIRST = Comparator.comparingDouble(
                    (ValidationResult result) ->
                            -result.accuracy().orElse(-result.error().orElse(Double.MAX_VALUE)))
            .thenComparingDouble(ValidationResult::loss);

    /** Returns that of a run, from its events; empty if nothing was validated. */
    public static Optional<ValidationResult> of(List<TrainingEvent> events) {
        Optional<ValidationResult> kept = Optional.empty();
        for (TrainingEvent event : events) {
            if (event instanceof StartJudged start) kept = Optional.of(of(start));
            if (event instanceof EpochFinished epoch && epoch.best()) kept = Optional.of(of(epoch));
        }
        return kept;
    }

    /** Returns that of the weights that a run began with. */
    static ValidationResult of(StartJudged start) {
        return new ValidationResult(0, start.validationLoss(), start.validationAccuracy(), start.validationError());
    }

    /** Returns that of an epoch that was validated. */
    static ValidationResult of(EpochFinished epoch) {
        return new ValidationResult(
                epoch.epoch(),
                epoch.validationLoss().orElseThrow(),
                epoch.validationAccuracy(),
                epoch.validationError());
    }

    /** Returns what the run is judged by: the accuracy of a classification, the error of a regression. */
    public double measure() {
        return accuracy.orElseGet(error::orElseThrow);
    }
}
