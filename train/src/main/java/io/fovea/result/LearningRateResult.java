package io.fovea.result;

import io.fovea.training.LearningRateCurve;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the loss goes with the learning rate.
 *
 * @param data    the dataset's name
 * @param network that was tried
 * @param curve   loss by rate, with a suggestion if the loss fell
 * @param file    the curve as CSV
 * @param seed    of every random choice
 * @param remarks what a person should know
 */
public record LearningRateResult(
        String data, String network, LearningRateCurve curve, Path file, long seed, List<String> remarks)
        implements JobResult {

    /** Copies. */
    public LearningRateResult {
        remarks = List.copyOf(remarks);
    }

    @Override
    public Map<String, Object> json() {
        List<Map<String, Object>> points = new ArrayList<>();
        for (LearningRateCurve.Point point : curve.points()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("learningRate", point.learningRate());
            each.put("loss", point.loss());
            each.put("smoothedLoss", point.smoothed());
            points.add(each);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        json.put("network", network);
        curve.suggestion().ifPresent(rate -> json.put("suggestion", rate));
        json.put("points", points);
        json.put("curve", file.toString());
        json.put("seed", seed);
        json.put("remarks", remarks);
        return json;
    }
}
