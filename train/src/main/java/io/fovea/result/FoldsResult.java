package io.fovea.result;

import io.fovea.task.Measure;
import io.fovea.trial.FoldReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What cross-validation found.
 *
 * @param data    the dataset's name
 * @param network that learned
 * @param report  fold by fold
 * @param runs    the folder of all folds' runs
 * @param seed    of every random choice
 * @param remarks what a person should know
 */
public record FoldsResult(String data, String network, FoldReport report, Path runs, long seed, List<String> remarks)
        implements JobResult {

    /** Copies. */
    public FoldsResult {
        remarks = List.copyOf(remarks);
    }

    @Override
    public Map<String, Object> json() {
        Measure measure = report.measure();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        json.put("network", network);
        json.put(
                "folds",
                report.folds().stream().map(fold -> fold.measure().value()).toList());
        json.put(measure.name(), report.mean());
        json.put("measures", List.of(measure));
        json.put("deviation", report.deviation());
        json.put(
                measure.name() + "Interval",
                List.of(report.mean() - report.halfWidth(), report.mean() + report.halfWidth()));
        json.put("seed", seed);
        json.put("run", runs.toString());
        json.put("remarks", remarks);
        return json;
    }
}
