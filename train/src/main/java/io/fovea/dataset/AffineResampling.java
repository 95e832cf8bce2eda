package io.fovea.dataset;

/**
 * Moves the pixels of a picture as an {@link AffineMap} says, bilinear, repeating edge pixels outside.
 *
 * <p>Cost: 3·H·W·C integer multiplications. Holds scratch memory; not for several threads.
 */
final class AffineResampling {

    // Coordinates as 32.32 fixed point; 11 bits of the fraction are enough, for 255/2048 of a level never shows, and
    // two such
    // weights and a byte fit into 32 bits.
    private static final int FRACTION_BITS = 32;
    private static final int WEIGHT_BITS = 11;
    private static final long HALF_A_WEIGHT = 1L << (FRACTION_BITS - WEIGHT_BITS - 1);

    private final int height;
    private final int width;
    private final int channels;
    private final byte[] original;

    AffineResampling(int height, int width, int channels) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        // A row and a pixel more: right and lower neighbours of the last ones are read, with weight 0.
        this.original = new byte[((height + 1) * width + 1) * channels];
    }

    /** Carries the map out on the picture [H, W, C] that starts at {@code offset}. */
    void apply(AffineMap map, byte[] pixels, int offset) {
        System.arraycopy(pixels, offset, original, 0, height * width * channels);
        long stepX = fixed(map.xAlongRow());
        long stepY = fixed(map.yAlongRow());
        int to = offset;
        for (int y = 0; y < height; y++) {
            // from the middle of a pixel to the middle of a pixel
            long fromX = fixed(map.inputX(0.5, y + 0.5) - 0.5) + HALF_A_WEIGHT;
            long fromY = fixed(map.inputY(0.5, y + 0.5) - 0.5) + HALF_A_WEIGHT;
            for (int x = 0; x < width; x++) {
                sample(fromX, fromY, pixels, to);
                fromX += stepX;
                fromY += stepY;
                to += channels;
            }
        }
    }

    /** Writes the C interpolated values at (x, y), in fixed point; a place outside takes the value of the nearest edge. */
    private void sample(long x, long y, byte[] pixels, int to) {
        long insideX = Math.clamp(x, 0L, (long) (width - 1) << FRACTION_BITS);
        long insideY = Math.clamp(y, 0L, (long) (height - 1) << FRACTION_BITS);
        int right = weight(insideX);
        int down = weight(insideY);
        int nw = ((int) (insideY >> FRACTION_BITS) * width + (int) (insideX >> FRACTION_BITS)) * channels;
        int sw = nw + width * channels;
        for (int c = 0; c < channels; c++, nw++, sw++) {
            int upper = (value(nw) << WEIGHT_BITS) + right * (value(nw + channels) - value(nw));
            int lower = (value(sw) << WEIGHT_BITS) + right * (value(sw + channels) - value(sw));
            int value = (upper << WEIGHT_BITS) + down * (lower - upper);
            pixels[to + c] = (byte) (value + (1 << (2 * WEIGHT_BITS - 1)) >> 2 * WEIGHT_BITS);
        }
    }

    private int value(int index) {
        return original[index] & 0xff;
    }

    private static long fixed(double coordinate) {
        return Math.round(coordinate * (1L << FRACTION_BITS));
    }

    /** The first bits of a coordinate's fraction: the weight of the pixel that follows, in 2048ths. */
    private static int weight(long coordinate) {
        return (int) (coordinate >>> (FRACTION_BITS - WEIGHT_BITS)) & ((1 << WEIGHT_BITS) - 1);
    }
}
