package io.fovea.cli;

import io.fovea.job.TrainResult;
import io.fovea.lab.NetworkLab;
import io.fovea.lab.NetworkResult;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class LabRegressionCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the photographs. Default: looked for in $FOVEA_DATA.")
    private Optional<String> data = Optional.empty();

    @Mixin
    private NetworkLabOptions options;

    @Mixin
    private ErrorOption required;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    LabRegressionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<NetworkResult> result = new LabDoor(console, workspace.workspace(), spec)
                .run(site -> new NetworkLab(site).regression(options.choice(data)));
        if (result.isEmpty()) return ExitCode.FAILED;
        TrainResult done = result.get().done();
        switch (output.format()) {
            case JSON -> console.json(result.get().json(JvmClock.secondsSinceStart()));
            case TEXT -> {
                new LabWords(console).print(result.get());
                console.result("See it:   " + done.runFolder().resolve("predictions.png"));
            }
        }
        return required.exitCode(done.verdict(), console);
    }
}
