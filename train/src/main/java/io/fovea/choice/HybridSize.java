package io.fovea.choice;

import io.fovea.hybrid.HybridSettings;

/**
 * How large a hybrid is and what its making takes, reckoned from the size of its pictures before anything is made.
 *
 * <p>Formula: two convolutions of 3x3, each followed by a maximum over 2x2, leave D = 64 · ⌊(⌊(H − 2) / 2⌋ − 2) / 2⌋ · ⌊(⌊(W − 2) / 2⌋ − 2) / 2⌋ features of a picture. The
 * head in closed form holds two matrices of D x D 64-bit numbers; beside it the training pictures are held as bytes.
 *
 * @param features D
 * @param macs     multiply-accumulates of both convolutions for a picture
 * @param bytes    of the head's matrices and of the pictures
 */
public record HybridSize(long features, long macs, long bytes) {

    private static final int TAPS = 9;

    /** Reckons for so many training pictures [C, H, W]. */
    public static HybridSize of(int channels, int height, int width, int pictures) {
        long first = Math.max(0, height - 2) * (long) Math.max(0, width - 2);
        int h = (height - 2) / 2 - 2;
        int w = (width - 2) / 2 - 2;
        long second = Math.max(0, h) * (long) Math.max(0, w);
        long features = (long) (Math.max(0, h) / 2) * (Math.max(0, w) / 2) * HybridSettings.SECOND_FILTERS;
        long macs = first * TAPS * channels * HybridSettings.FIRST_FILTERS
                + second * TAPS * HybridSettings.FIRST_FILTERS * HybridSettings.SECOND_FILTERS;
        return new HybridSize(
                features, macs, 2L * Double.BYTES * features * features + (long) pictures * channels * height * width);
    }
}
