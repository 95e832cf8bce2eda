package io.fovea.result;

import io.fovea.dataset.Split;
import io.fovea.evaluation.Verdict;
import io.fovea.task.Proportion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good a model is on a dataset.
 *
 * @param model      the model file
 * @param data       the dataset's name
 * @param split      that was judged on
 * @param verdict    on that split
 * @param unfamiliar the pictures that are unlike anything the model learned from; empty where it cannot tell
 * @param remarks    what a person should know
 */
public record EvaluateResult(
        Path model, String data, Split split, Verdict verdict, Optional<Proportion> unfamiliar, List<String> remarks)
        implements JobResult {

    /** Copies. */
    public EvaluateResult {
        remarks = List.copyOf(remarks);
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model.toString());
        json.put("data", data);
        json.put("split", DataJson.word(split));
        json.put("remarks", remarks);
        json.putAll(verdict.details());
        json.put("measures", verdict.measures());
        unfamiliar.ifPresent(share -> json.put("unfamiliar", share.hits()));
        return json;
    }
}
