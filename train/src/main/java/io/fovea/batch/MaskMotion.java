package io.fovea.batch;

import io.fovea.task.Segmentation;
import java.util.Arrays;

/**
 * Moves a mask as an {@link AffineMap} moves its picture: the class of the nearest pixel, and {@link Segmentation#UNLABELLED} outside.
 *
 * <p>The middle of each pixel is looked up where {@link AffineResampling} looks, so that mask and picture stay together. A picture repeats its
 * edge outside; what that shows is not known, and its mask says so. Holds scratch memory; not for several threads.
 */
final class MaskMotion {

    private final int height;
    private final int width;
    private final byte[] original;

    /** For masks [H, W]. */
    MaskMotion(int height, int width) {
        this.height = height;
        this.width = width;
        this.original = new byte[height * width];
    }

    /** Moves the mask [H, W] that starts at {@code offset}. */
    void apply(AffineMap map, byte[] masks, int offset) {
        System.arraycopy(masks, offset, original, 0, original.length);
        Arrays.fill(masks, offset, offset + original.length, (byte) Segmentation.UNLABELLED);
        for (int y = 0, to = offset; y < height; y++) {
            for (int x = 0; x < width; x++, to++) {
                int fromX = (int) Math.floor(map.inputX(x + 0.5, y + 0.5));
                int fromY = (int) Math.floor(map.inputY(x + 0.5, y + 0.5));
                if (fromX >= 0 && fromX < width && fromY >= 0 && fromY < height)
                    masks[to] = original[fromY * width + fromX];
            }
        }
    }
}
