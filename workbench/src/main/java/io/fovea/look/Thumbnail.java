package io.fovea.look;

import io.fovea.image.Pixels;
import io.fovea.image.Resize;
import io.fovea.image.ResizeMode;

/** A picture of limited size. */
final class Thumbnail {

    private Thumbnail() {}

    /**
     * Returns a picture whose longer side is at most {@code side}; one that is small already stays as it is.
     *
     * @param side at least 1
     */
    static Pixels of(Pixels picture, int side) {
        if (side < 1) throw new IllegalArgumentException("side must be at least 1: " + side);
        int longer = Math.max(picture.height(), picture.width());
        if (longer <= side) return picture;
        double scale = (double) side / longer;
        int height = Math.max(1, (int) Math.round(picture.height() * scale));
        int width = Math.max(1, (int) Math.round(picture.width() * scale));
        return Resize.to(picture, height, width, ResizeMode.SQUASH);
    }
}
