package io.fovea.network;

/**
 * Rows and columns added around each map before a window slides over it.
 *
 * @param top    rows above
 * @param bottom rows below
 * @param left   columns to the left
 * @param right  columns to the right
 */
public record Padding(int top, int bottom, int left, int right) {

    /** No padding. */
    public static final Padding NONE = new Padding(0, 0, 0, 0);

    /** Checks that nothing is negative. */
    public Padding {
        if (top < 0 || bottom < 0 || left < 0 || right < 0) {
            throw new IllegalArgumentException(
                    "Padding must not be negative: " + top + ", " + bottom + ", " + left + ", " + right);
        }
    }

    /** The same number all round. */
    public static Padding all(int size) {
        return new Padding(size, size, size, size);
    }
}
