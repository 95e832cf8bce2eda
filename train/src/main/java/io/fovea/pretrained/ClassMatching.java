package io.fovea.pretrained;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of a network's classes each class of a dataset is, by their names.
 *
 * <p>A name is the same whatever its case; "tench" is also the same as "tench, Tinca tinca", a list of synonyms, if only one class has that
 * synonym.
 */
public final class ClassMatching {

    private ClassMatching() {}

    /** Returns the network's label for each class of the dataset; empty if one has none, or several. */
    public static Optional<int[]> labels(List<String> dataset, List<String> network) {
        Map<String, Integer> whole = new HashMap<>();
        Map<String, Integer> synonyms = new HashMap<>();
        Set<String> several = new HashSet<>();
        for (int label = 0; label < network.size(); label++) {
            String name = network.get(label).toLowerCase(Locale.ROOT);
            whole.put(name, label);
            for (String synonym : name.split(",\\s*")) {
                Integer other = synonyms.put(synonym, label);
                if (other != null && other != label) several.add(synonym);
            }
        }
        synonyms.keySet().removeAll(several);
        int[] labels = new int[dataset.size()];
        for (int i = 0; i < labels.length; i++) {
            String name = dataset.get(i).toLowerCase(Locale.ROOT);
            Integer label = whole.getOrDefault(name, synonyms.get(name));
            if (label == null) return Optional.empty();
            labels[i] = label;
        }
        return Optional.of(labels);
    }
}
