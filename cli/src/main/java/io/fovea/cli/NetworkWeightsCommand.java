package io.fovea.cli;

import io.fovea.pretrained.PretrainedFolder;
import io.fovea.pretrained.PublicWeights;
import io.fovea.result.TextTable;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        print(() -> asJson(imported), () -> print(imported));
        return ExitCode.DONE;
    }

    private void print(List<PretrainedFolder.Notes> imported) {
        TextTable here = new TextTable("imported", "network", "outputs", "from");
        for (PretrainedFolder.Notes notes : imported) {
            here.row(notes.name(), notes.network(), Integer.toString(notes.outputs()), notes.source());
        }
        if (imported.isEmpty()) console.result("Nothing is imported yet.");
        else here.lines().forEach(console::result);
        console.result("");
        TextTable published = new TextTable("published", "network", "top-1", "licence");
        for (PublicWeights weights : PublicWeights.all()) {
            published.row(
                    weights.name(),
                    weights.network(),
                    String.format(Locale.ROOT, "%.1f %%", weights.top1()),
                    weights.licence());
        }
        published.lines().forEach(console::result);
    }

    private static Map<String, Object> asJson(List<PretrainedFolder.Notes> imported) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("imported", imported.stream().map(PretrainedFolder.Notes::json).toList());
        json.put(
                "published",
                PublicWeights.all().stream().map(PublicWeights::json).toList());
        return json;
    }
}
