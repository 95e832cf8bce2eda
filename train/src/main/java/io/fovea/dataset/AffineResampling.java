package io.fovea.dataset;

/**
 * Moves the pixels of a picture by one affine map about its centre, bilinear, repeating edge pixels outside.
 *
 * <p>Steps are collected as they should happen one after the other ({@link #begin}, {@link #rotate} …) and carried out at once by
 * {@link #apply}. The value at an output place p is the input at q = A·(p − centre) + b + centre, where each step multiplies its
 * inverse from the right.
 *
 * <p>Coordinates: pixel centres lie at whole numbers, x to the right, y downward; the centre is ((W − 1)/2, (H − 1)/2).
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

    // q = [xx xy; yx yy]·p + [x0; y0], both relative to the centre
    private double xx;
    private double xy;
    private double yx;
    private double yy;
    private double x0;
    private double y0;

    AffineResampling(int height, int width, int channels) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        // A row and a pixel more: right and lower neighbours of the last ones are read, with weight 0.
        this.original = new byte[((height + 1) * width + 1) * channels];
        begin();
    }

    /** Forgets all steps. */
    void begin() {
        xx = 1;
        xy = 0;
        yx = 0;
        yy = 1;
        x0 = 0;
        y0 = 0;
    }

    /** Exchanges left and right. */
    void flipHorizontally() {
        prepend(-1, 0, 0, 1);
    }

    /** Exchanges top and bottom. */
    void flipVertically() {
        prepend(1, 0, 0, -1);
    }

    /** Makes everything {@code factor} times as large. */
    void scale(double factor) {
        prepend(1 / factor, 0, 0, 1 / factor);
    }

    /** Turns counter-clockwise, as seen. */
    void rotate(double degrees) {
        // StrictMath: the same bits on every processor
        double cos = StrictMath.cos(StrictMath.toRadians(degrees));
        double sin = StrictMath.sin(StrictMath.toRadians(degrees));
        prepend(cos, -sin, sin, cos);
    }

    /** Moves by {@code right} and {@code down} pixels. */
    void shift(double right, double down) {
        x0 -= xx * right + xy * down;
        y0 -= yx * right + yy * down;
    }

    /** A ← A·[a b; c d], the inverse of the step that comes next. */
    private void prepend(double a, double b, double c, double d) {
        double nextXx = xx * a + xy * c;
        double nextXy = xx * b + xy * d;
        double nextYx = yx * a + yy * c;
        double nextYy = yx * b + yy * d;
        xx = nextXx;
        xy = nextXy;
        yx = nextYx;
        yy = nextYy;
    }

    /** Carries the steps out on the picture [H, W, C] that starts at {@code offset}. */
    void apply(byte[] pixels, int offset) {
        System.arraycopy(pixels, offset, original, 0, height * width * channels);
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        long stepX = fixed(xx);
        long stepY = fixed(yx);
        int to = offset;
        for (int y = 0; y < height; y++) {
            long fromX = fixed(xx * -centreX + xy * (y - centreY) + x0 + centreX) + HALF_A_WEIGHT;
            long fromY = fixed(yx * -centreX + yy * (y - centreY) + y0 + centreY) + HALF_A_WEIGHT;
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
