package io.fovea.codec;

/**
 * What a picture may cost at most; checked on its header, before anything is allocated for it.
 *
 * <p>A few kilobytes can promise a picture of many gigabytes, by accident or on purpose.
 *
 * @param maximumBytes  the largest file that is read
 * @param maximumPixels the largest height times width that is decoded, at most 500 million; decoding takes up to 12 bytes
 *                      for each pixel for a moment
 */
public record PictureLimits(long maximumBytes, long maximumPixels) {

    /** 200 million bytes and 100 million pixels: more than any camera makes. */
    public static final PictureLimits DEFAULT = new PictureLimits(200_000_000, 100_000_000);

    /** Checks that both are positive and that the pixels fit into an array. */
    public PictureLimits {
        if (maximumBytes < 1) throw new IllegalArgumentException("maximumBytes must be at least 1: " + maximumBytes);
        if (maximumPixels < 1 || maximumPixels > 500_000_000) {
            throw new IllegalArgumentException("maximumPixels must be 1 to 500,000,000: " + maximumPixels);
        }
    }
}
