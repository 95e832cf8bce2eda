package io.fovea.choice;

import io.fovea.evaluation.Verdict;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import io.fovea.task.Task;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good a model must be for a script to go on with it: an accuracy of a classifier, an error of a regression.
 *
 * @param accuracy 0 to 1, at least
 * @param error    in pixels where it finds places, at most
 */
public record RequiredQuality(OptionalDouble accuracy, OptionalDouble error) {

    /** Checks the ranges. */
    public RequiredQuality {
        Objects.requireNonNull(accuracy, "accuracy");
        Objects.requireNonNull(error, "error");
        if (accuracy.isPresent() && !(accuracy.getAsDouble() >= 0 && accuracy.getAsDouble() <= 1))
            throw new IllegalArgumentException(
                    "--require-accuracy must be 0 to 1, such as 0.9 for 90 %: " + accuracy.getAsDouble());
        if (error.isPresent() && !(error.getAsDouble() >= 0))
            throw new IllegalArgumentException("--require-error must be at least 0: " + error.getAsDouble());
    }

    /**
     * Checks that what is required can be measured.
     *
     * @throws Problem if it belongs to another task
     */
    public void checkSuits(Task task) {
        if (!TaskWord.CLASSIFICATION.names(task) && accuracy.isPresent()) {
            throw new Problem(
                    "A " + task.word() + " has no accuracy.",
                    "option --require-accuracy",
                    TaskWord.REGRESSION.names(task) ? "ask for --require-error instead" : "leave it out");
        }
        if (!TaskWord.REGRESSION.names(task) && error.isPresent()) {
            throw new Problem(
                    "A " + task.word() + " has no error in pixels.",
                    "option --require-error",
                    TaskWord.CLASSIFICATION.names(task) ? "ask for --require-accuracy instead" : "leave it out");
        }
    }

    /** Returns how a model misses it, as a sentence; empty if it does not. A model without an accuracy misses none. */
    public Optional<String> missedBy(Verdict verdict) {
        if (accuracy.isPresent()) {
            double reached = verdict.measures().stream()
                    .filter(measure -> measure.name().equals("accuracy"))
                    .mapToDouble(Measure::value)
                    .findFirst()
                    .orElse(1);
            if (reached < accuracy.getAsDouble())
                return missed("The accuracy of %.4f is below the %.4f that was asked for.", reached, accuracy);
        }
        if (error.isPresent()) {
            double found = verdict.measures().getFirst().value();
            if (!(found <= error.getAsDouble()))
                return missed("The mean error of %.4f is above the %.4f that was asked for.", found, error);
        }
        return Optional.empty();
    }

    private static Optional<String> missed(String sentence, double found, OptionalDouble required) {
        return Optional.of(String.format(Locale.ROOT, sentence, found, required.getAsDouble()));
    }
}
