package io.fovea.cli;

import io.fovea.evaluation.Verdict;
import java.util.Locale;
import java.util.OptionalDouble;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The error that a script asks for of a regression. */
final class ErrorOption {

    private Double required;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Reads the number; below 0 every model would miss it. */
    @Option(
            names = "--require-error",
            paramLabel = "E",
            description = "End with exit code 3 if the mean error of a regression (in pixels, where it finds places) is"
                    + " above E.")
    void require(double error) {
        if (!(error >= 0)) {
            throw new ParameterException(spec.commandLine(), "--require-error must be at least 0: " + error);
        }
        required = error;
    }

    /** Returns what was asked for. */
    OptionalDouble required() {
        return required == null ? OptionalDouble.empty() : OptionalDouble.of(required);
    }

    /** Returns the exit code, and says why if the error is too large. */
    int exitCode(Verdict verdict, Console console) {
        double error = verdict.measures().getFirst().value();
        if (required == null || error <= required) return ExitCode.DONE;
        console.progress(String.format(
                Locale.ROOT, "The mean error of %.4f is above the %.4f that was asked for.", error, required));
        return ExitCode.ACCURACY_MISSED;
    }
}
