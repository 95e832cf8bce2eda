package io.fovea.batch;

/**
 * Coordinates of pixels as 32.32 fixed point.
 *
 * <p>11 bits of the fraction weigh two neighbours: 255/2048 of a level never shows, and two such weights and a byte fit into 32 bits.
 */
final class FixedPoint {

    static final int FRACTION_BITS = 32;
    static final int WEIGHT_BITS = 11;

    private static final int SHIFT = 2 * WEIGHT_BITS;
    private static final int HALF = 1 << SHIFT - 1;

    /** Added to a coordinate, rounds its weight to the nearest. */
    static final long HALF_A_WEIGHT = 1L << (FRACTION_BITS - WEIGHT_BITS - 1);

    private FixedPoint() {}

    static long of(double coordinate) {
        return Math.round(coordinate * (1L << FRACTION_BITS));
    }

    /** Returns the coordinate, or that of the nearest of {@code size} pixels if it lies outside. */
    static long inside(long coordinate, int size) {
        return Math.max(0, Math.min(coordinate, (long) (size - 1) << FRACTION_BITS));
    }

    static int pixel(long coordinate) {
        return (int) (coordinate >> FRACTION_BITS);
    }

    /** Returns the weight of the pixel that follows, in 2048ths. */
    static int weight(long coordinate) {
        return (int) (coordinate >>> (FRACTION_BITS - WEIGHT_BITS)) & ((1 << WEIGHT_BITS) - 1);
    }

    /** Returns 2048 times the value between two neighbours. */
    static int between(byte value, byte following, int weight) {
        return ((value & 0xff) << WEIGHT_BITS) + weight * ((following & 0xff) - (value & 0xff));
    }

    /** Returns the rounded value between two results of {@link #between}. */
    static byte rounded(int value, int following, int weight) {
        return (byte) ((value << WEIGHT_BITS) + weight * (following - value) + HALF >> SHIFT);
    }
}
