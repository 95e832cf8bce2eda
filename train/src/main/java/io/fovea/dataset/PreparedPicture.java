package io.fovea.dataset;

import io.fovea.image.Pixels;
import java.util.Objects;

/**
 * A picture that has the size and channels of a dataset already, with its place there.
 *
 * @param split  that it belongs to
 * @param label  its class, 0 … K − 1
 * @param source where it comes from, as {@link Dataset#source} gives it
 * @param pixels [H, W, C]
 */
public record PreparedPicture(Split split, int label, String source, Pixels pixels) {

    /** Checks that nothing is missing. */
    public PreparedPicture {
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(pixels, "pixels");
    }
}
