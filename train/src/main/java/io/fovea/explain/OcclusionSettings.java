package io.fovea.explain;

/**
 * Which squares of the prepared picture are covered one after the other. They begin every {@code stride} pixels from the upper left, and once more
 * so that they end with the picture.
 *
 * @param size   pixels of a side; larger than the picture covers all of it
 * @param stride pixels from one to the next
 */
public record OcclusionSettings(int size, int stride) {

    /** A seventh of a picture's longer side. */
    private static final int SQUARES = 7;

    /** Checks. */
    public OcclusionSettings {
        if (size < 1) throw new IllegalArgumentException("The size of a square must be at least 1: " + size);
        if (stride < 1) throw new IllegalArgumentException("The stride of squares must be at least 1: " + stride);
    }

    /** Returns squares of a seventh of a picture's longer side that overlap by half: 169 of a square picture. */
    public static OcclusionSettings forPicture(int height, int width) {
        return withSize(Math.max(1, Math.max(height, width) / SQUARES));
    }

    /** Returns squares of a size that overlap by half. */
    public static OcclusionSettings withSize(int size) {
        return new OcclusionSettings(size, Math.max(1, size / 2));
    }
}
