package io.fovea.cli;

import io.fovea.dataset.DatasetStatistics;
import io.fovea.dataset.Split;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A dataset's numbers as JSON has them. */
final class DataJson {

    private DataJson() {}

    static Map<String, Integer> counts(DatasetStatistics statistics) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Split split : Split.values()) counts.put(word(split), statistics.count(split));
        return counts;
    }

    static Map<String, List<Integer>> countsPerClass(DatasetStatistics statistics) {
        Map<String, List<Integer>> counts = new LinkedHashMap<>();
        for (Split split : Split.values())
            counts.put(word(split), statistics.countsPerClass().get(split));
        return counts;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
