package io.fovea.cli;

import io.fovea.dataset.Split;
import io.fovea.evaluation.Estimate;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.PointReport;
import io.fovea.evaluation.RegressionEvaluation;
import io.fovea.evaluation.TargetReport;
import io.fovea.evaluation.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A verdict as lines for people and as fields of JSON. */
final class VerdictWords {

    private VerdictWords() {}

    /** Returns the line of a model whose epoch was chosen by the validation loss: on these pictures it is a little flattered, and says so. */
    static String ofChosenEpoch(Verdict verdict, Split split) {
        return line(verdict, split) + (split == Split.VALIDATION ? ", the pictures that also chose the epoch" : "");
    }

    /** Returns a line such as {@code Accuracy  98.71 % (95 % interval …), on test}. */
    static String line(Verdict verdict, Split split) {
        String on = ", on " + DataJson.word(split);
        return switch (verdict) {
            case Evaluation classes -> "Accuracy  " + AccuracyOption.words(classes.accuracy()) + on;
            case RegressionEvaluation values -> "Error     " + words(values) + on;
        };
    }

    /** Returns the exit code: a classifier may be asked for an accuracy. */
    static int exitCode(Verdict verdict, AccuracyOption required, Console console) {
        return switch (verdict) {
            case Evaluation classes -> required.exitCode(classes.accuracy(), console);
            case RegressionEvaluation _ -> ExitCode.DONE;
        };
    }

    /** Adds the figures to an object of JSON; {@code prefix} is put before their names, for example {@code test}. */
    static void put(Verdict verdict, String prefix, Map<String, Object> json) {
        switch (verdict) {
            case Evaluation classes -> {
                json.put(name(prefix, "accuracy"), classes.accuracy().value());
                json.put(
                        name(prefix, "accuracyInterval"),
                        List.of(classes.accuracy().low(), classes.accuracy().high()));
            }
            case RegressionEvaluation values -> {
                Estimate error = values.meanError();
                json.put(name(prefix, "error"), error.value());
                json.put(name(prefix, "errorInterval"), List.of(error.low(), error.high()));
                json.put(name(prefix, "errorUnit"), values.unit().words());
                json.put(name(prefix, "errorOfGuessing"), values.guessError());
                json.put(name(prefix, "meanAbsoluteError"), perTarget(values));
                json.put(name(prefix, "meanAbsoluteErrorOfGuessing"), perGuess(values));
                Map<String, Object> points = new LinkedHashMap<>();
                for (PointReport point : values.points())
                    points.put(point.name(), point.meanError().value());
                if (!points.isEmpty()) json.put(name(prefix, "distances"), points);
            }
        }
    }

    private static String words(RegressionEvaluation values) {
        Estimate error = values.meanError();
        String mean = String.format(
                Locale.ROOT,
                "%.2f %s (95 %% interval %.2f to %.2f, %,d pictures; guessing the mean: %.2f)",
                error.value(),
                values.unit().words(),
                error.low(),
                error.high(),
                error.count(),
                values.guessError());
        if (values.points().isEmpty()) return mean;
        return mean
                + String.format(
                        Locale.ROOT, ", %.2f along each side (guessing: %.2f)", perTarget(values), perGuess(values));
    }

    /** Returns the mean over the targets of each one's mean absolute error. */
    private static double perTarget(RegressionEvaluation values) {
        return values.targetReports().stream()
                .mapToDouble(report -> report.meanAbsolute().value())
                .average()
                .orElseThrow();
    }

    private static double perGuess(RegressionEvaluation values) {
        return values.targetReports().stream()
                .mapToDouble(TargetReport::guessMeanAbsolute)
                .average()
                .orElseThrow();
    }

    private static String name(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
