package io.fovea.explain;

import java.util.Objects;
import java.util.Optional;

/**
 * What is to be explained beside the layers.
 *
 * @param className class or target that places speak for; empty for the one that the model answers with, or the first target
 * @param layer     whose maps Grad-CAM weighs, and whose value is computed by hand; empty for the last convolution
 * @param occlusion the squares to cover; empty for none
 * @param place     the value to compute by hand; empty for none
 * @param maps      which maps are drawn
 * @param top       how many classes the answer names, where they are ranked
 */
public record ExplanationSettings(
        Optional<String> className,
        Optional<String> layer,
        Optional<OcclusionSettings> occlusion,
        Optional<Place> place,
        MapSettings maps,
        int top) {

    /** The layers, and Grad-CAM of the answer. */
    public static final ExplanationSettings DEFAULT = new ExplanationSettings(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), MapSettings.DEFAULT, 5);

    /**
     * A value of a layer that gives maps.
     *
     * @param channel from 0
     * @param x       column, from 0
     * @param y       row, from 0
     */
    public record Place(int channel, int x, int y) {}

    /** Checks. */
    public ExplanationSettings {
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(occlusion, "occlusion");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(maps, "maps");
        if (top < 1) throw new IllegalArgumentException("top must be at least 1: " + top);
    }
}
