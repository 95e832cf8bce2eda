package io.fovea.training;

import io.fovea.network.Network;
import io.fovea.record.RecordTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was chosen for a run in one flat list of names and values, such as {@code step.optimizer.beta1: 0.9}. */
final class HyperParameters {

    private static final String KIND = "kind";

    private HyperParameters() {}

    /** Returns what {@link #of(Network, TrainingSettings)} does and the name of the dataset. */
    static Map<String, Object> of(TrainingTask task) {
        Map<String, Object> flat =
                new LinkedHashMap<>(Map.of("dataset", task.dataset().name()));
        flat.putAll(of(task.network(), task.settings()));
        return flat;
    }

    /** Returns numbers and words by their names in {@code settings.yaml}; the word for a kind stands under the name of its record. */
    static Map<String, Object> of(Network network, TrainingSettings settings) {
        Map<String, Object> flat = new LinkedHashMap<>(Map.of("network", network.name()));
        add(flat, "", RecordTree.write(settings));
        return flat;
    }

    private static void add(Map<String, Object> flat, String name, Object value) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, part) -> {
                    String path = name.isEmpty() ? String.valueOf(key) : name + "." + key;
                    add(flat, KIND.equals(key) ? name : path, part);
                });
            case List<?> list -> flat.put(name, list.toString());
            case Number number -> flat.put(name, number);
            case Boolean bool -> flat.put(name, bool);
            default -> flat.put(name, String.valueOf(value));
        }
    }
}
