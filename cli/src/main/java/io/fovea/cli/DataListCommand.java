package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.problem.Problem;
import io.fovea.result.DatasetTable;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.terminal.OutputFormat;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code fovea data list}: the datasets of the workspace. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List the datasets of the workspace.",
        footer = {"", "Example:", "  fovea data list"})
final class DataListCommand extends Verb {

    DataListCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        DatasetTable table = new DatasetTable();
        for (String name : place.names(Shelf.DATASETS)) {
            try (Dataset dataset = Dataset.open(place.dataset(name))) {
                table.add(name, dataset);
            } catch (Problem problem) {
                console.problem(problem, OutputFormat.TEXT); // one damaged dataset hides no other
            }
        }
        List<String> lines = table.entries().isEmpty()
                ? List.of("No datasets yet in " + place.folder()
                        + "; \"fovea data import --help\" shows how to make one.")
                : table.lines();
        print(
                () -> Map.of("workspace", place.folder().toString(), "datasets", table.entries()),
                () -> lines.forEach(console::result));
        return ExitCode.DONE;
    }
}
