package io.fovea.codec;

import io.fovea.image.Pixels;

/**
 * How a stored picture must be turned to stand upright: the EXIF and TIFF tag 274.
 *
 * <p>The eight values are the symmetries of a rectangle. Each is told by three questions: do rows and columns swap, and
 * is the upright picture read from the right, from the bottom of the stored one?
 *
 * <p>Source: TIFF 6.0 (1992), section 8, Orientation.
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    UPSIDE_DOWN_MIRRORED(false, false, true),
    TRANSPOSED(true, false, false),
    TURN_RIGHT(true, false, true),
    TRANSPOSED_BACKWARD(true, true, true),
    TURN_LEFT(true, true, false);

    private final boolean swapped;
    private final boolean fromRight;
    private final boolean fromBottom;

    Orientation(boolean swapped, boolean fromRight, boolean fromBottom) {
        this.swapped = swapped;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** Returns the orientation of tag value 1 to 8; any other value means upright, as all readers take it. */
    static Orientation of(int tag) {
        return tag >= 1 && tag <= 8 ? values()[tag - 1] : UPRIGHT;
    }

    /** Returns the stored picture turned upright. */
    Pixels upright(Pixels stored) {
        if (this == UPRIGHT) return stored;
        int height = swapped ? stored.width() : stored.height();
        int width = swapped ? stored.height() : stored.width();
        int channels = stored.channels();
        byte[] from = stored.values();
        byte[] to = new byte[from.length];
        // Where the upright picture's first pixel lies in the stored one, and how far each step goes.
        int start = (fromRight ? stored.width() - 1 : 0) + (fromBottom ? (stored.height() - 1) * stored.width() : 0);
        int across = fromRight ? -1 : 1;
        int down = fromBottom ? -stored.width() : stored.width();
        int perColumn = swapped ? down : across;
        int perRow = swapped ? across : down;
        for (int y = 0, at = 0; y < height; y++) {
            int source = start + y * perRow;
            for (int x = 0; x < width; x++, source += perColumn) {
                for (int c = 0; c < channels; c++) to[at++] = from[source * channels + c];
            }
        }
        return new Pixels(height, width, channels, to);
    }
}
