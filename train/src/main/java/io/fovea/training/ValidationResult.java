package io.fovea.training;

import io.fovea.training.TrainingEvent.EpochFinished;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good a run was on its validation pictures in the epoch whose weights it kept.
 *
 * @param epoch    the epoch, from 1
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

    /** Returns that of a run, from its events; empty if no epoch was validated. */
    public static Optional<ValidationResult> of(List<TrainingEvent> events) {
        return events.stream()
                .filter(EpochFinished.class::isInstance)
                .map(EpochFinished.class::cast)
                .filter(EpochFinished::best)
                .reduce((earlier, later) -> later)
                .map(best -> new ValidationResult(
                        best.epoch(),
                        best.validationLoss().orElseThrow(),
                        best.validationAccuracy(),
                        best.validationError()));
    }

    /** Returns what the run is judged by: the accuracy of a classification, the error of a regression. */
    public double measure() {
        return accuracy.orElseGet(error::orElseThrow);
    }
}
