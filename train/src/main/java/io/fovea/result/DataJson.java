package io.fovea.result;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.DatasetStatistics;
import io.fovea.dataset.OriginalSizes;
import io.fovea.dataset.Split;
import io.fovea.dataset.TargetStatistics;
import io.fovea.image.Target;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A dataset's numbers as JSON has them. */
public final class DataJson {

    private DataJson() {}

    public static Map<String, Integer> counts(DatasetStatistics statistics) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Split split : Split.values()) counts.put(word(split), statistics.count(split));
        return counts;
    }

    public static Map<String, List<Integer>> countsPerClass(DatasetStatistics statistics) {
        Map<String, List<Integer>> counts = new LinkedHashMap<>();
        for (Split split : Split.values())
            counts.put(word(split), statistics.countsPerClass().get(split));
        return counts;
    }

    public static Map<String, List<Long>> pixelsPerClass(DatasetStatistics statistics) {
        Map<String, List<Long>> counts = new LinkedHashMap<>();
        if (!statistics.hasPixels()) return counts;
        for (Split split : Split.values())
            counts.put(word(split), statistics.pixelsPerClass().get(split));
        return counts;
    }

    public static List<Map<String, Object>> targets(List<Target> targets) {
        return targets.stream().map(DataJson::target).collect(Collectors.toList());
    }

    /** Returns targets with what their values are like. */
    public static List<Map<String, Object>> targets(List<Target> targets, List<TargetStatistics> statistics) {
        List<Map<String, Object>> entries = targets(targets);
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).put("mean", statistics.get(i).mean());
            entries.get(i).put("std", statistics.get(i).std());
            entries.get(i).put("smallest", statistics.get(i).smallest());
            entries.get(i).put("largest", statistics.get(i).largest());
        }
        return entries;
    }

    private static Map<String, Object> target(Target target) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", target.name());
        entry.put("axis", word(target.axis()));
        return entry;
    }

    /** Returns a dataset among others. */
    public static Map<String, Object> summary(String name, Dataset dataset) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put("task", dataset.task().word());
        entry.put("classes", dataset.classNames().size());
        entry.put("targets", dataset.targets().size());
        entry.put("pictures", counts(dataset.statistics()));
        entry.put("height", dataset.preparation().height());
        entry.put("width", dataset.preparation().width());
        entry.put("colorMode", word(dataset.preparation().colorMode()));
        return entry;
    }

    /** Returns all that there is to tell of a dataset. */
    public static Map<String, Object> of(Dataset dataset) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", dataset.name());
        json.put("folder", dataset.folder().toString());
        json.put("task", dataset.task().word());
        json.put("classNames", dataset.classNames());
        json.put("targets", targets(dataset.targets(), dataset.targetStatistics(described(dataset))));
        json.put("pictures", counts(dataset.statistics()));
        json.put("picturesPerClass", countsPerClass(dataset.statistics()));
        json.put("pixelsPerClass", pixelsPerClass(dataset.statistics()));
        json.put("height", dataset.preparation().height());
        json.put("width", dataset.preparation().width());
        json.put("colorMode", word(dataset.preparation().colorMode()));
        json.put("resizeMode", word(dataset.preparation().resizeMode()));
        json.put("cropMargin", dataset.preparation().cropMargin());
        json.put("mean", dataset.statistics().mean());
        json.put("std", dataset.statistics().std());
        json.put("contentHash", dataset.contentHash());
        return json;
    }

    /** Returns which sizes pictures had before they were made alike; zeros where nothing is known. */
    public static Map<String, Object> originals(OriginalSizes sizes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("smallestHeight", sizes.smallestHeight());
        json.put("largestHeight", sizes.largestHeight());
        json.put("smallestWidth", sizes.smallestWidth());
        json.put("largestWidth", sizes.largestWidth());
        json.put("different", sizes.different());
        json.put(
                "common",
                sizes.common().stream()
                        .map(each ->
                                Map.of("height", each.height(), "width", each.width(), "pictures", each.pictures()))
                        .toList());
        return json;
    }

    /** Returns the first part that has pictures, whose targets are told: the training part of nearly every dataset. */
    public static Split described(Dataset dataset) {
        return Arrays.stream(Split.values())
                .filter(split -> dataset.count(split) > 0)
                .findFirst()
                .orElse(Split.TRAINING);
    }

    /** Returns seconds to the millisecond. */
    public static double seconds(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    /** Returns a constant as files have it, in lower case. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
