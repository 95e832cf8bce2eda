package io.fovea.cli;

import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.RegressionEvaluation;
import io.fovea.evaluation.Verdict;
import io.fovea.problem.Problem;
import io.fovea.task.Task;
import picocli.CommandLine.Mixin;

/** What a script asks of a model whose task it may not know: an accuracy of a classifier, an error of a regression. */
final class QualityOptions {

    @Mixin
    private AccuracyOption accuracy;

    @Mixin
    private ErrorOption error;

    /**
     * Checks that what is asked for can be measured.
     *
     * @throws Problem if it belongs to the other task
     */
    void checkSuits(Task task) {
        if (TaskWord.REGRESSION.names(task) && accuracy.isRequired()) {
            throw new Problem(
                    "A regression has no accuracy.", "option --require-accuracy", "ask for --require-error instead");
        }
        if (TaskWord.CLASSIFICATION.names(task) && error.required().isPresent()) {
            throw new Problem(
                    "A classifier has no error in pixels.",
                    "option --require-error",
                    "ask for --require-accuracy instead");
        }
    }

    /** Returns the exit code, and says why if the model is not good enough. */
    int exitCode(Verdict verdict, Console console) {
        return switch (verdict) {
            case Evaluation evaluation -> accuracy.exitCode(evaluation.accuracy(), console);
            case RegressionEvaluation evaluation -> error.exitCode(evaluation, console);
        };
    }
}
