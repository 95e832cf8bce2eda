package io.fovea.scrape;

import java.util.Map;

/**
 * A number that a server tells.
 *
 * @param name   of the metric, such as {@code fovea_model_pictures_total}
 * @param labels what it is of
 * @param value  at the time it was asked
 */
record Sample(String name, Map<String, String> labels, double value) {

    /** Copies. */
    Sample {
        labels = Map.copyOf(labels);
    }

    /** Returns a label; empty text if it has none of the name. */
    String label(String label) {
        return labels.getOrDefault(label, "");
    }
}
