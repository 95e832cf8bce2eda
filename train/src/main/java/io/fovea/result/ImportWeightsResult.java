package io.fovea.result;

import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.WeightImport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights that others trained, as pretrained weights of the workspace.
 *
 * @param name    of the weights
 * @param folder  of the weights
 * @param done    what was fitted
 * @param remarks what a person should know, in sentences without a full stop
 */
public record ImportWeightsResult(String name, Path folder, WeightImport done, List<String> remarks)
        implements JobResult {

    /** Copies. */
    public ImportWeightsResult {
        remarks = List.copyOf(remarks);
    }

    @Override
    public Map<String, Object> json() {
        Pretrained pretrained = done.pretrained();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("folder", folder.toString());
        json.put("network", pretrained.network());
        json.put("outputs", pretrained.outputs());
        json.put("form", DataJson.word(done.form()));
        json.put("fitted", done.fit().fitted());
        json.put("missing", done.fit().missing());
        json.put("leftOver", done.fit().leftOver());
        json.put("skipped", done.skipped());
        json.put("remarks", remarks);
        json.put("source", pretrained.source());
        json.put("licence", pretrained.licence());
        json.put("sha256", pretrained.sha256());
        return json;
    }
}
