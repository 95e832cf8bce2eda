package io.fovea.codec;

/**
 * A mask as its file holds it: a number for every pixel.
 *
 * @param height H
 * @param width  W
 * @param values [H, W] 0 … 65535: the index in a palette, else the grey value as it is stored
 * @param loss   whether the format keeps the numbers as they were written
 */
public record MaskPicture(int height, int width, char[] values, Loss loss) {

    /** What a file's format does to numbers. */
    public enum Loss {
        /** Keeps them. */
        NONE,
        /** Changes them a little: JPEG, whose edges get values that nobody wrote. */
        SOME
    }
}
