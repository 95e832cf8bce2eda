package io.fovea.predict;

import io.fovea.image.Pixels;
import io.fovea.image.Placement;
import java.util.Objects;

/**
 * A picture that is ready for the network, and where it lay before: what an answer in the picture's own size needs. Immutable; threads may
 * share it.
 *
 * @param prepared  [H, W, C] as the network takes it
 * @param placement where points of the given picture lie in it
 * @param height    H of the picture that was given, turned upright
 * @param width     W of the picture that was given, turned upright
 */
public record PlacedPicture(Pixels prepared, Placement placement, int height, int width) {

    /** Checks that nothing is missing. */
    public PlacedPicture {
        Objects.requireNonNull(prepared, "prepared");
        Objects.requireNonNull(placement, "placement");
    }
}
