package io.fovea.training;

import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.event.TrainingEvent.StartJudged;
import io.fovea.task.Measure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How good a run was on its validation pictures in the epoch whose weights it kept.
 *
 * @param epoch    the epoch, from 1; 0 for the weights that the run was given to begin with
 * @param loss     the smallest of all epochs
 * @param measures of that epoch, first the one that runs are compared by
 */
public record ValidationResult(int epoch, double loss, List<Measure> measures) {

    /** The better first: by the first measure, and of equals the lower loss. */
    public static final Comparator<ValidationResult> BETTER_FIRST = ((Comparator<ValidationResult>) (one, other) -> {
                if (one.measure().isBetterThan(other.measure().value())) return -1;
                return other.measure().isBetterThan(one.measure().value()) ? 1 : 0;
            })
            .thenComparingDouble(ValidationResult::loss);

    /** Copies, and checks that there is a measure. */
    public ValidationResult {
        measures = List.copyOf(measures);
        if (measures.isEmpty()) throw new IllegalArgumentException("There is no measure of epoch " + epoch);
    }

    /** Returns that of a run, from its events; empty if nothing was validated. */
    public static Optional<ValidationResult> of(List<TrainingEvent> events) {
        Optional<ValidationResult> kept = Optional.empty();
        for (TrainingEvent event : RunHistory.of(events)) {
            if (event instanceof StartJudged start) kept = Optional.of(of(start));
            if (event instanceof EpochFinished epoch && epoch.best()) kept = Optional.of(of(epoch));
        }
        return kept;
    }

    /** Returns that of the weights that a run began with. */
    static ValidationResult of(StartJudged start) {
        return new ValidationResult(0, start.validationLoss(), start.validation());
    }

    /** Returns that of an epoch that was validated. */
    static ValidationResult of(EpochFinished epoch) {
        return new ValidationResult(epoch.epoch(), epoch.validationLoss().orElseThrow(), epoch.validation());
    }

    /** Returns what the run is judged by: the accuracy of a classification, the error of a regression. */
    public Measure measure() {
        return measures.getFirst();
    }
}
