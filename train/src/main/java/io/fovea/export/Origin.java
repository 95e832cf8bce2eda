package io.fovea.export;

import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How weights were made, enough to make them again.
 *
 * @param settings what was chosen, in its order; a key that ends in {@code .yaml} holds a whole file
 * @param seed     what every random draw came from
 */
public record Origin(Map<String, String> settings, long seed) {

    /** Copies. */
    public Origin {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Returns that of a run: the text that {@code fovea train --settings} takes, so that it can be made again from the bundle alone. */
    public static Origin of(TrainingSettings settings) {
        return new Origin(Map.of("settings.yaml", SettingsYaml.write(settings)), settings.seed());
    }

    /** Returns the same with more that was chosen. */
    public Origin with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(more);
        return new Origin(all, seed);
    }
}
