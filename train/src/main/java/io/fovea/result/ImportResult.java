package io.fovea.result;

import io.fovea.importer.ImportReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A dataset that was made.
 *
 * @param name   its name
 * @param folder its folder
 * @param report what was imported, what was left out
 */
public record ImportResult(String name, Path folder, ImportReport report) implements JobResult {

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("folder", folder.toString());
        json.put("task", report.task().word());
        json.put("classNames", report.classNames());
        json.put("targets", DataJson.targets(report.targets()));
        json.put("pictures", DataJson.counts(report.statistics()));
        json.put("picturesPerClass", DataJson.countsPerClass(report.statistics()));
        json.put("pixelsPerClass", DataJson.pixelsPerClass(report.statistics()));
        json.put("broken", report.broken());
        json.put("remarks", report.remarks());
        json.put("seconds", report.time().toMillis() / 1000.0);
        return json;
    }
}
