package io.fovea.lab;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.result.DataJson;
import io.fovea.result.FeatureResult;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a lab on photographs tells at its end.
 *
 * @param lab            its name
 * @param weights        that it began with
 * @param counts         how many pictures each split has
 * @param datasetSeconds until pictures and weights were ready
 * @param done           what came out
 */
public record PhotographResult(
        String lab, String weights, Map<Split, Integer> counts, double datasetSeconds, FeatureResult done)
        implements LabResult {

    /** Copies. */
    public PhotographResult {
        counts = Map.copyOf(counts);
    }

    /** Of a dataset that may be closed afterwards. */
    static PhotographResult of(String lab, String weights, Dataset dataset, double datasetSeconds, FeatureResult done) {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) counts.put(split, dataset.count(split));
        return new PhotographResult(lab, weights, counts, datasetSeconds, done);
    }

    @Override
    public Map<String, Object> json(double totalSeconds) {
        Map<String, Object> seconds = new LinkedHashMap<>();
        seconds.put("total", DataJson.seconds(totalSeconds));
        seconds.put("dataset", DataJson.seconds(datasetSeconds));
        seconds.put("features", DataJson.seconds(done.outcome().featureSeconds()));
        seconds.put("head", DataJson.seconds(done.outcome().headSeconds()));
        seconds.put("evaluation", DataJson.seconds(done.evaluationSeconds()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lab", lab);
        json.put("weights", weights);
        json.put("trainImages", counts.get(Split.TRAINING));
        json.put("testImages", counts.get(Split.TEST));
        done.put("test", json);
        json.put("seconds", seconds);
        return json;
    }
}
