package io.fovea.result;

import io.fovea.dataset.BrokenPicture;
import io.fovea.importer.ImportReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A dataset that was made.
 *
 * @param name   its name
 * @param folder its folder
 * @param report what was imported, what was left out
 */
public record ImportResult(String name, Path folder, ImportReport report) implements JobResult {

    private static final int BROKEN_TO_NAME = 10;

    /** Returns in lines what is no result but should be known: remarks, and the first of the pictures that were left out. */
    public List<String> asides() {
        List<String> lines = new ArrayList<>(report.remarks());
        List<BrokenPicture> broken = report.broken();
        if (broken.isEmpty()) return lines;
        lines.add(String.format(Locale.ROOT, "%,d pictures were left out because they are broken:", broken.size()));
        for (BrokenPicture picture : broken.stream().limit(BROKEN_TO_NAME).toList())
            lines.add("  " + picture.source() + ": " + picture.reason());
        if (broken.size() > BROKEN_TO_NAME) lines.add("  … and " + (broken.size() - BROKEN_TO_NAME) + " more");
        return lines;
    }

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
