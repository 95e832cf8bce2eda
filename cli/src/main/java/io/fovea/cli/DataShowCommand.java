package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.result.DataJson;
import io.fovea.result.DatasetReport;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.workspace.Shelf;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea data show}: what is in a dataset. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        header = "Show a dataset: classes or targets, parts, sizes, mean and standard deviation.",
        footer = {"", "Example:", "  fovea data show pets"})
final class DataShowCommand extends Verb {

    @Parameters(paramLabel = "NAME", description = "The dataset's name.")
    private String name;

    DataShowCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Path folder = workspace.workspace().existing(Shelf.DATASETS, name);
        try (Dataset dataset = Dataset.open(folder)) {
            print(() -> DataJson.of(dataset), () -> new ResultWords(console).print(DatasetReport.of(dataset)));
        }
        return ExitCode.DONE;
    }
}
