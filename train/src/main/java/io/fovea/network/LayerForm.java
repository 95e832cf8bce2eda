package io.fovea.network;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * How a network file writes one kind of layer.
 *
 * @param word     the kind, for example {@code max-pooling}
 * @param meaning  one sentence for people
 * @param settings beside {@code name} and {@code inputs}, which every layer takes
 * @param reader   from settings to the layer
 */
record LayerForm(String word, String meaning, List<LayerSetting> settings, Function<YamlSettings, Layer> reader) {

    LayerForm {
        Objects.requireNonNull(word, "word");
        Objects.requireNonNull(meaning, "meaning");
        settings = List.copyOf(settings);
        Objects.requireNonNull(reader, "reader");
    }
}
