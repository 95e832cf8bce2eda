package io.fovea.batch;

/**
 * Moves the pixels of a picture as an {@link AffineMap} says, bilinear, repeating edge pixels outside.
 *
 * <p>Cost: 3·H·W·C integer multiplications, less where rows stay rows. Holds scratch memory; not for several threads.
 */
final class AffineResampling {

    private static final int COLOURS = 3;

    private final int height;
    private final int width;
    private final int channels;
    private final byte[] original;
    private final StraightResampling straight;

    /** For pictures of one channel or three. */
    AffineResampling(int height, int width, int channels) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        // A row and a pixel more: right and lower neighbours of the last ones are read, with weight 0.
        this.original = new byte[((height + 1) * width + 1) * channels];
        this.straight = new StraightResampling(height, width, channels);
    }

    /** Carries the map out on the picture [H, W, C] that starts at {@code offset}. */
    void apply(AffineMap map, byte[] pixels, int offset) {
        System.arraycopy(pixels, offset, original, 0, height * width * channels);
        if (map.isStraight()) straight.apply(map, original, pixels, offset);
        else turn(map, pixels, offset);
    }

    private void turn(AffineMap map, byte[] pixels, int offset) {
        long stepX = FixedPoint.of(map.xAlongRow());
        long stepY = FixedPoint.of(map.yAlongRow());
        for (int y = 0; y < height; y++) {
            // from the middle of a pixel to the middle of a pixel
            long fromX = FixedPoint.of(map.inputX(0.5, y + 0.5) - 0.5) + FixedPoint.HALF_A_WEIGHT;
            long fromY = FixedPoint.of(map.inputY(0.5, y + 0.5) - 0.5) + FixedPoint.HALF_A_WEIGHT;
            int to = offset + y * width * channels;
            if (channels == COLOURS) turnColourRow(fromX, fromY, stepX, stepY, pixels, to);
            else turnGreyRow(fromX, fromY, stepX, stepY, pixels, to);
        }
    }

    private void turnGreyRow(long fromX, long fromY, long stepX, long stepY, byte[] pixels, int to) {
        for (int x = 0; x < width; x++, fromX += stepX, fromY += stepY) {
            long insideX = FixedPoint.inside(fromX, width);
            long insideY = FixedPoint.inside(fromY, height);
            int right = FixedPoint.weight(insideX);
            int down = FixedPoint.weight(insideY);
            int at = FixedPoint.pixel(insideY) * width + FixedPoint.pixel(insideX);
            pixels[to + x] = sample(original, at, width, 1, right, down);
        }
    }

    private void turnColourRow(long fromX, long fromY, long stepX, long stepY, byte[] pixels, int offset) {
        int below = width * COLOURS;
        int end = offset + below;
        for (int to = offset; to < end; to += COLOURS, fromX += stepX, fromY += stepY) {
            long insideX = FixedPoint.inside(fromX, width);
            long insideY = FixedPoint.inside(fromY, height);
            int right = FixedPoint.weight(insideX);
            int down = FixedPoint.weight(insideY);
            int at = FixedPoint.pixel(insideY) * below + FixedPoint.pixel(insideX) * COLOURS;
            pixels[to] = sample(original, at, below, COLOURS, right, down);
            pixels[to + 1] = sample(original, at + 1, below, COLOURS, right, down);
            pixels[to + 2] = sample(original, at + 2, below, COLOURS, right, down);
        }
    }

    private static byte sample(byte[] from, int at, int below, int beside, int right, int down) {
        int upper = FixedPoint.between(from[at], from[at + beside], right);
        int lower = FixedPoint.between(from[at + below], from[at + below + beside], right);
        return FixedPoint.rounded(upper, lower, down);
    }
}
