package io.fovea.export;

import io.fovea.image.Pixels;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * What the references of a nearest-neighbour layer look like: for each a prepared picture and where it comes from. A reference that is
 * a mean of several pictures is shown by the one nearest to it.
 *
 * <p>Pictures are asked for one after another while the bundle is written, so that they need not be held all at once.
 *
 * @param count    R, as many as the layer has references; 0 if there is nothing to show
 * @param pictures the prepared picture at a position among the references
 * @param sources  the name of that picture in its dataset
 */
public record ReferencePictures(int count, IntFunction<Pixels> pictures, IntFunction<String> sources) {

    /** Of a network without references, or whose references are not to be shown. */
    public static final ReferencePictures NONE = new ReferencePictures(
            0,
            position -> {
                throw new IllegalArgumentException("There are no reference pictures: " + position);
            },
            position -> {
                throw new IllegalArgumentException("There are no reference pictures: " + position);
            });

    /** Checks. */
    public ReferencePictures {
        if (count < 0) throw new IllegalArgumentException("count must not be negative: " + count);
        Objects.requireNonNull(pictures, "pictures");
        Objects.requireNonNull(sources, "sources");
    }
}
