package io.fovea.result;

import io.fovea.pretrained.PretrainedFolder;
import io.fovea.pretrained.PublicWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Pretrained weights, as tables for people and as an object for programs.
 *
 * @param imported those of the workspace; published ones are the same everywhere
 */
public record WeightsTable(List<PretrainedFolder.Notes> imported) {

    /** Copies. */
    public WeightsTable {
        imported = List.copyOf(imported);
    }

    /** Returns the lines of both tables. */
    public List<String> lines() {
        TextTable here = new TextTable("imported", "network", "outputs", "from");
        for (PretrainedFolder.Notes notes : imported)
            here.row(notes.name(), notes.network(), Integer.toString(notes.outputs()), notes.source());
        TextTable published = new TextTable("published", "network", "top-1", "licence");
        for (PublicWeights weights : PublicWeights.all()) {
            published.row(
                    weights.name(),
                    weights.network(),
                    String.format(Locale.ROOT, "%.1f %%", weights.top1()),
                    weights.licence());
        }
        List<String> lines = new ArrayList<>(imported.isEmpty() ? List.of("Nothing is imported yet.") : here.lines());
        lines.add("");
        lines.addAll(published.lines());
        return lines;
    }

    /** Returns both lists. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("imported", imported.stream().map(PretrainedFolder.Notes::json).toList());
        json.put(
                "published",
                PublicWeights.all().stream().map(PublicWeights::json).toList());
        return json;
    }
}
