package io.fovea.cli;

import io.fovea.pretrained.PretrainedFolder;
import io.fovea.result.WeightsTable;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code fovea network weights}: what was imported, and what can be downloaded. */
@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        header = "List pretrained weights: those of the workspace, and published ones that can be imported by name.",
        footer = {"", "Example:", "  fovea network weights"})
final class NetworkWeightsCommand extends Verb {

    NetworkWeightsCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        List<PretrainedFolder.Notes> imported = place.names(Shelf.WEIGHTS).stream()
                .map(name -> PretrainedFolder.notes(place.weights(name)))
                .toList();
        WeightsTable table = new WeightsTable(imported);
        print(table::json, () -> table.lines().forEach(console::result));
        return ExitCode.DONE;
    }
}
