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
 * <p>Cost: about 4·H·W·C multiplications. Holds scratch memory; not for several threads.
 */
final class AffineResampling {

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
        this.original = new byte[height * width * channels];
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
        System.arraycopy(pixels, offset, original, 0, original.length);
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        int to = offset;
        for (int y = 0; y < height; y++) {
            double fromX = xx * -centreX + xy * (y - centreY) + x0 + centreX;
            double fromY = yx * -centreX + yy * (y - centreY) + y0 + centreY;
            for (int x = 0; x < width; x++, to += channels) sample(fromX + xx * x, fromY + yx * x, pixels, to);
        }
    }

    /** Writes the C interpolated values at (x, y); a place outside takes the value of the nearest edge. */
    private void sample(double x, double y, byte[] pixels, int to) {
        double insideX = Math.clamp(x, 0.0, width - 1.0);
        double insideY = Math.clamp(y, 0.0, height - 1.0);
        int left = (int) insideX;
        int top = (int) insideY;
        double right = insideX - left;
        double down = insideY - top;
        int nw = (top * width + left) * channels;
        int ne = left + 1 < width ? nw + channels : nw;
        int below = top + 1 < height ? width * channels : 0;
        for (int c = 0; c < channels; c++) {
            double upper = value(nw + c) + right * (value(ne + c) - value(nw + c));
            double lower = value(nw + below + c) + right * (value(ne + below + c) - value(nw + below + c));
            pixels[to + c] = (byte) (upper + down * (lower - upper) + 0.5);
        }
    }

    private int value(int index) {
        return original[index] & 0xff;
    }
}
