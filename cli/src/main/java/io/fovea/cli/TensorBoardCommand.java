package io.fovea.cli;

import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.training.FinishedRun;
import io.fovea.workspace.Shelf;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea tensorboard}: event files for a run that was trained without them. */
@Command(
        name = "tensorboard",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Write event files for a run that was trained without them.",
        description = {
            "",
            "Curves, graph and settings come from the run's files. \"fovea train --tensorboard\" writes more, while a"
                    + " run goes on.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  fovea tensorboard pets-lenet-1",
            "  tensorboard --logdir ~/fovea/runs",
        })
final class TensorBoardCommand extends Verb {

    @Parameters(paramLabel = "RUN", description = "A run of the workspace, such as pets-lenet-1.")
    private String run;

    TensorBoardCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Path folder = FinishedRun.writeTensorBoard(workspace.workspace().existing(Shelf.RUNS, run));
        print(
                () -> Map.of("run", run, "tensorboard", folder.toString()),
                () -> console.result("Event files  " + folder));
        return ExitCode.DONE;
    }
}
