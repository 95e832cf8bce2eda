package io.fovea.cli;

import io.fovea.evaluation.Proportion;
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

    /** Returns the exit code, and says why if the accuracy is missed. */
    int exitCode(Proportion accuracy, Console console) {
        if (required == null || accuracy.value() >= required) return ExitCode.DONE;
        console.progress(String.format(
                Locale.ROOT, "The accuracy of %.4f is below the %.4f that was asked for.", accuracy.value(), required));
        return ExitCode.ACCURACY_MISSED;
    }

    /** Returns for example {@code 98.71 % (95 % interval 98.47 to 98.91 %, 10,000 pictures)}. */
    static String words(Proportion accuracy) {
        return String.format(
                Locale.ROOT,
                "%.2f %% (95 %% interval %.2f to %.2f %%, %,d pictures)",
                accuracy.value() * 100,
                accuracy.low() * 100,
                accuracy.high() * 100,
                accuracy.count());
    }
}
