package io.fovea.explain;

import java.util.List;
import java.util.Objects;

/**
 * What a layer gives for one picture.
 *
 * @param layer      its name
 * @param kind       the word for it in a network file
 * @param settings   those that differ from their defaults, as a network file writes them; may be empty
 * @param inputs     the layers that it reads; {@code input} is the picture
 * @param shape      of what it gives, [C, H, W] or [D]
 * @param parameters trained numbers
 * @param macs       multiply-accumulates
 * @param statistics of all its values
 * @param sheet      its maps, or its features as dots
 */
public record LayerActivation(
        String layer,
        String kind,
        String settings,
        List<String> inputs,
        List<Integer> shape,
        long parameters,
        long macs,
        Statistics statistics,
        Sheet sheet) {

    /** Checks and copies. */
    public LayerActivation {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(settings, "settings");
        inputs = List.copyOf(inputs);
        shape = List.copyOf(shape);
        Objects.requireNonNull(statistics, "statistics");
        Objects.requireNonNull(sheet, "sheet");
    }
}
