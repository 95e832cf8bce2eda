package io.fovea.cli;

import io.fovea.choice.RequiredQuality;
import io.fovea.evaluation.Verdict;
import io.fovea.terminal.Console;
import java.util.OptionalDouble;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The accuracy that a script asks for. */
final class AccuracyOption {

    RequiredQuality required = QualityOptions.NOTHING;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--require-accuracy",
            paramLabel = "A",
            description = "End with exit code 3 if the accuracy (0 to 1) is below A.")
    void require(double accuracy) {
        required = QualityOptions.checked(spec, OptionalDouble.of(accuracy), OptionalDouble.empty());
    }

    int exitCode(Verdict verdict, Console console) {
        return QualityOptions.exitCode(required, verdict, console);
    }
}
