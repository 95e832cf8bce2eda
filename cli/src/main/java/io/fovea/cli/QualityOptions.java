package io.fovea.cli;

import io.fovea.choice.TaskWord;
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
     * @throws Problem if it belongs to another task
     */
    void checkSuits(Task task) {
        if (!TaskWord.CLASSIFICATION.names(task) && accuracy.isRequired()) {
            throw new Problem(
                    "A " + task.word() + " has no accuracy.",
                    "option --require-accuracy",
                    TaskWord.REGRESSION.names(task) ? "ask for --require-error instead" : "leave it out");
        }
        if (!TaskWord.REGRESSION.names(task) && error.required().isPresent()) {
            throw new Problem(
                    "A " + task.word() + " has no error in pixels.",
                    "option --require-error",
                    TaskWord.CLASSIFICATION.names(task) ? "ask for --require-accuracy instead" : "leave it out");
        }
    }

    /** Returns the exit code, and says why if the model is not good enough. */
    int exitCode(Verdict verdict, Console console) {
        if (accuracy.isRequired()) return accuracy.exitCode(verdict, console);
        return error.exitCode(verdict, console);
    }
}
