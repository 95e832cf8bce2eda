package io.fovea.explain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fovea.image.Pixels;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which places of a picture speak for a class, or move a value.
 *
 * @param method   how they were found
 * @param name     of the class or target
 * @param score    of the whole picture, the number that places speak for
 * @param meaning  of the score, in words
 * @param layer    whose maps were weighed; of Grad-CAM
 * @param windows  that were covered; of occlusion
 * @param height   rows of values
 * @param width    values in a row
 * @param values   [height, width]: above 0 where a place speaks for the class or raises the value, below 0 where against. They lie evenly over the
 *                 prepared picture; those of occlusion where the windows say
 * @param drawing  the prepared picture in grey, enlarged if it is small, with values above 0 in orange and below in blue, the stronger the larger
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Heatmap(
        Method method,
        String name,
        double score,
        String meaning,
        Optional<String> layer,
        Optional<Windows> windows,
        int height,
        int width,
        float[] values,
        @JsonIgnore Pixels drawing) {

    /** How places are found. */
    public enum Method {
        /** By the gradient of the score by the maps of a layer. */
        @JsonProperty("grad-cam")
        GRAD_CAM,
        /** By covering places one after the other. */
        @JsonProperty("occlusion")
        OCCLUSION
    }

    /**
     * Squares that were covered one after the other.
     *
     * @param size   of a side, in pixels of the prepared picture
     * @param lefts  where they begin, for each value of a row
     * @param tops   where they begin, for each row
     */
    public record Windows(int size, List<Integer> lefts, List<Integer> tops) {

        /** Copies. */
        public Windows {
            lefts = List.copyOf(lefts);
            tops = List.copyOf(tops);
        }
    }

    /** Checks. */
    public Heatmap {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(windows, "windows");
        Objects.requireNonNull(drawing, "drawing");
        if (values.length != height * width)
            throw new IllegalArgumentException("Expected " + height + "x" + width + " values, found " + values.length);
    }

    /** Returns where the largest value lies, as an index of {@link #values}. */
    public int strongest() {
        int strongest = 0;
        for (int i = 1; i < values.length; i++) if (values[i] > values[strongest]) strongest = i;
        return strongest;
    }
}
