package io.fovea.cli;

import io.fovea.choice.RequiredQuality;
import io.fovea.evaluation.Verdict;
import io.fovea.task.Task;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a script asks of a model whose task it may not know: an accuracy of a classifier, an error of a regression. */
final class QualityOptions {

    static final RequiredQuality NOTHING = new RequiredQuality(OptionalDouble.empty(), OptionalDouble.empty());

    @Mixin
    private AccuracyOption accuracy;

    @Mixin
    private ErrorOption error;

    void checkSuits(Task task) {
        accuracy.required.checkSuits(task);
        error.required.checkSuits(task);
    }

    int exitCode(Verdict verdict, Console console) {
        return Math.max(accuracy.exitCode(verdict, console), error.exitCode(verdict, console));
    }

    static RequiredQuality checked(CommandSpec spec, OptionalDouble accuracy, OptionalDouble error) {
        try {
            return new RequiredQuality(accuracy, error);
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }

    /** Returns the exit code, and says why if the model is not good enough. */
    static int exitCode(RequiredQuality required, Verdict verdict, Console console) {
        Optional<String> missed = required.missedBy(verdict);
        missed.ifPresent(console::progress);
        return missed.isPresent() ? ExitCode.ACCURACY_MISSED : ExitCode.DONE;
    }
}
