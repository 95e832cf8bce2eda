package io.fovea.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Class names of which no two are equal: those that were get their label behind them, and nothing is merged.
 *
 * <p>ImageNet has two classes "crane", a bird and a machine: they become "crane (134)" and "crane (517)".
 *
 * @param names   in the order of the labels
 * @param remarks a sentence for each name that several classes had
 */
public record DistinctNames(List<String> names, List<String> remarks) {

    /** Copies. */
    public DistinctNames {
        names = List.copyOf(names);
        remarks = List.copyOf(remarks);
    }

    /** Returns the names with a label, counted from 0, behind each that is there more than once. */
    public static DistinctNames of(List<String> names) {
        Map<String, List<Integer>> labels = new LinkedHashMap<>();
        for (int label = 0; label < names.size(); label++)
            labels.computeIfAbsent(names.get(label), name -> new ArrayList<>()).add(label);
        Set<String> taken = new HashSet<>(labels.keySet());
        List<String> distinct = new ArrayList<>(names);
        List<String> remarks = new ArrayList<>();
        labels.forEach((name, same) -> {
            if (same.size() == 1) return;
            for (int label : same) {
                String own = name + " (" + label + ")";
                while (!taken.add(own)) own += "'";
                distinct.set(label, own);
            }
            String them = same.stream()
                    .map(label -> "\"" + distinct.get(label) + "\"")
                    .collect(Collectors.joining(", "));
            remarks.add(same.size() + " classes are named \"" + name + "\": they are kept apart as " + them);
        });
        return new DistinctNames(distinct, remarks);
    }
}
