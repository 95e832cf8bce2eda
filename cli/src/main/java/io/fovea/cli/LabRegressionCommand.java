package io.fovea.cli;

import io.fovea.lab.NetworkLab;
import io.fovea.lab.NetworkResult;
import io.fovea.result.TrainResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea lab regression}: a network learns to point at something in a picture. */
@Command(
        name = "regression",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = RecipeDefaults.class,
        header = "Teach a network to point: the tip of the nose in photographs of faces.",
        description = {
            "",
            "Learns X and Y from file names (xy_X_Y_id.jpg), as a small robot learns where the road goes.",
            "Nothing is chosen on \"val\": it is the test. The same command goes on where a stopped one stood.",
            ""
        },
        footer = {"", "Example:", "  fovea lab regression --data face-xy/"})
final class LabRegressionCommand extends LabVerb {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the photographs. Default: looked for in $FOVEA_DATA.")
    private Optional<String> data = Optional.empty();

    @Mixin
    private NetworkLabOptions options;

    @Mixin
    private ErrorOption required;

    LabRegressionCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Optional<NetworkResult> result = lab(site -> new NetworkLab(site).regression(options.choice(data)));
        if (result.isEmpty()) return ExitCode.FAILED;
        TrainResult done = result.get().done();
        if (!output.isJson()) console.result("See it:   " + done.runFolder().resolve("predictions.png"));
        return required.exitCode(done.verdict(), console);
    }
}
