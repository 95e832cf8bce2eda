package io.fovea.cli;

import io.fovea.choice.RequiredQuality;
import io.fovea.evaluation.Verdict;
import io.fovea.terminal.Console;
import java.util.OptionalDouble;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The error that a script asks for of a regression. */
final class ErrorOption {

    RequiredQuality required = QualityOptions.NOTHING;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--require-error",
            paramLabel = "E",
            description = "End with exit code 3 if the mean error of a regression (in pixels, where it finds places) is"
                    + " above E.")
    void require(double error) {
        required = QualityOptions.checked(spec, OptionalDouble.empty(), OptionalDouble.of(error));
    }

    int exitCode(Verdict verdict, Console console) {
        return QualityOptions.exitCode(required, verdict, console);
    }
}
