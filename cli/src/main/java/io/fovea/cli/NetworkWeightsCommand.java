package io.fovea.cli;

import io.fovea.pretrained.PretrainedFolder;
import io.fovea.pretrained.PublicWeights;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fovea network weights}: what was imported, and what can be downloaded. */
@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        header = "List pretrained weights: those of the workspace, and published ones that can be imported by name.",
        footer = {"", "Example:", "  fovea network weights"})
final class NetworkWeightsCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    NetworkWeightsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        List<PretrainedFolder.Notes> imported = place.names(Shelf.WEIGHTS).stream()
                .map(name -> PretrainedFolder.notes(place.weights(name)))
                .toList();
        switch (output.format()) {
            case JSON -> console.json(asJson(imported));
            case TEXT -> print(imported);
        }
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
        List<Map<String, Object>> here = new ArrayList<>();
        for (PretrainedFolder.Notes notes : imported) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", notes.name());
            json.put("network", notes.network());
            json.put("outputs", notes.outputs());
            json.put("classNames", notes.classNames());
            json.put("source", notes.source());
            json.put("licence", notes.licence());
            json.put("sha256", notes.sha256());
            here.add(json);
        }
        List<Map<String, Object>> published = new ArrayList<>();
        for (PublicWeights weights : PublicWeights.all()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", weights.name());
            json.put("network", weights.network());
            json.put("top1", weights.top1());
            json.put("address", weights.address().toString());
            json.put("sha256Begins", weights.file().sha256());
            json.put("licence", weights.licence());
            published.add(json);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("imported", here);
        json.put("published", published);
        return json;
    }
}
