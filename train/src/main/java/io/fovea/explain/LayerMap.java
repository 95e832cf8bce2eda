package io.fovea.explain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fovea.image.Pixels;
import java.util.Objects;

/**
 * One map of a layer, value by value; of a layer that gives features all of them in a row.
 *
 * @param layer   its name
 * @param channel of the map, from 0; 0 of features
 * @param height  rows
 * @param width   columns
 * @param minimum the smallest value, drawn darkest
 * @param maximum the largest value, drawn lightest
 * @param values  [height, width]
 * @param picture a pixel for each value, in the colours of {@link HeatColors}
 */
public record LayerMap(
        String layer,
        int channel,
        int height,
        int width,
        float minimum,
        float maximum,
        float[] values,
        @JsonIgnore Pixels picture) {

    /** Checks. */
    public LayerMap {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(picture, "picture");
        if (values.length != height * width)
            throw new IllegalArgumentException("Expected " + height + "x" + width + " values, found " + values.length);
    }
}
