package io.fovea.image;

import java.util.Arrays;

/**
 * Makes a mask the shape that its picture gets by {@link Resize}: the class of the nearest pixel, at the same place.
 *
 * <p>Shapes: [H, W] → [height, width]. The value of a pixel is that of the mask where the middle of the pixel came from; where the resized
 * picture shows nothing of the picture, it is {@code nothing}.
 */
public final class MaskResize {

    private MaskResize() {}

    /**
     * Returns the mask in the wanted size.
     *
     * @param mask    [fromHeight, fromWidth]
     * @param nothing the value where there is no picture
     * @throws IllegalArgumentException if the mask has another number of values, or as {@link Resize#to}
     */
    public static byte[] to(
            byte[] mask,
            int fromHeight,
            int fromWidth,
            int height,
            int width,
            ResizeMode mode,
            int cropMargin,
            byte nothing) {
        if (mask.length != fromHeight * fromWidth)
            throw new IllegalArgumentException(
                    "Expected a mask of " + fromHeight + "x" + fromWidth + ", found " + mask.length + " values");
        Placement placement = Resize.placement(fromHeight, fromWidth, height, width, mode, cropMargin);
        int[] columns = sources(Axis.X, width, fromWidth, placement);
        int[] rows = sources(Axis.Y, height, fromHeight, placement);
        byte[] resized = new byte[height * width];
        Arrays.fill(resized, nothing);
        for (int y = 0; y < height; y++) {
            if (rows[y] < 0) continue;
            for (int x = 0; x < width; x++)
                if (columns[x] >= 0) resized[y * width + x] = mask[rows[y] * fromWidth + columns[x]];
        }
        return resized;
    }

    /** Returns for each pixel along a side the one that it shows, or −1. */
    private static int[] sources(Axis axis, int side, int fromSide, Placement placement) {
        int[] sources = new int[side];
        for (int i = 0; i < side; i++) {
            int from = (int) Math.floor(placement.original(axis, i + 0.5));
            sources[i] = from < 0 || from >= fromSide ? -1 : from;
        }
        return sources;
    }
}
