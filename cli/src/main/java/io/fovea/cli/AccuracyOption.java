package io.fovea.cli;

import io.fovea.evaluation.Verdict;
import io.fovea.task.Measure;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The accuracy that a script asks for. */
final class AccuracyOption {

    private Double required;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Reads the number; {@code 90} for 90 % would be missed by every model. */
    @Option(
            names = "--require-accuracy",
            paramLabel = "A",
            description = "End with exit code 3 if the accuracy (0 to 1) is below A.")
    void require(double accuracy) {
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--require-accuracy must be 0 to 1, such as 0.9 for 90 %: " + accuracy);
        }
        required = accuracy;
    }

    /** Returns whether an accuracy was asked for. */
    boolean isRequired() {
        return required != null;
    }

    /** Returns the exit code, and says why if the accuracy is missed; a model without an accuracy misses none. */
    int exitCode(Verdict verdict, Console console) {
        double reached = verdict.measures().stream()
                .filter(measure -> measure.name().equals("accuracy"))
                .mapToDouble(Measure::value)
                .findFirst()
                .orElse(1);
        if (required == null || reached >= required) return ExitCode.DONE;
        console.progress(String.format(
                Locale.ROOT, "The accuracy of %.4f is below the %.4f that was asked for.", reached, required));
        return ExitCode.ACCURACY_MISSED;
    }
}
