package io.fovea.codec;

import java.util.Locale;

/**
 * The bits of a pixel that hold one channel.
 *
 * @param shift the lowest bit
 * @param count how many bits, 0 if the channel is missing
 */
record BitmapMask(int shift, int count) {

    /** Returns what a mask says; fails unless its bits stand side by side. */
    static BitmapMask of(PictureFile file, int mask) {
        int count = Integer.bitCount(mask);
        int shift = count == 0 ? 0 : Integer.numberOfTrailingZeros(mask);
        long sideBySide = ((1L << count) - 1) << shift;
        if (Integer.toUnsignedLong(mask) != sideBySide) {
            throw file.damaged(
                    "expected a mask of bits side by side, found " + String.format(Locale.ROOT, "%08x", mask));
        }
        return new BitmapMask(shift, count);
    }

    boolean isEmpty() {
        return count == 0;
    }

    /**
     * Returns the channel of a pixel, 0 to 255: ⌊255 · v / (2ᶜᵒᵘⁿᵗ − 1)⌋, as Pillow does, so that all bits set are 255; of
     * more than eight bits the upper eight.
     */
    int value(int pixel) {
        if (count == 0) return 0;
        long value = Integer.toUnsignedLong(pixel) >>> shift & (1L << count) - 1;
        return (int) (count > 8 ? value >>> count - 8 : value * 255 / ((1 << count) - 1));
    }
}
