package io.fovea.batch;

/**
 * From where in a picture each place of the varied picture is taken: input = A·(output − centre) + b + centre.
 *
 * <p>Steps are collected as they should happen one after the other ({@link #begin}, {@link #rotate} …): each multiplies its inverse from
 * the right. {@link AffineResampling} moves the pixels, {@link #outputX} and {@link #outputY} move points.
 *
 * <p>Coordinates run along pixel edges, x to the right, y downward: a picture W wide reaches from 0 to W, the middle of its first pixel is
 * at ½, the centre at W/2. Not for several threads.
 */
final class AffineMap {

    private final double centreX;
    private final double centreY;

    // A = [xx xy; yx yy], b = [x0; y0]
    private double xx;
    private double xy;
    private double yx;
    private double yy;
    private double x0;
    private double y0;

    /** Of a picture [H, W] onto one of the same size; no step yet. */
    AffineMap(int height, int width) {
        centreX = width / 2.0;
        centreY = height / 2.0;
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

    /** Cuts the window out whose upper left corner is (left, top) and stretches it to the size of the picture. */
    void crop(double left, double top, double width, double height) {
        double windowX = left + width / 2 - centreX;
        double windowY = top + height / 2 - centreY;
        shift(-windowX, -windowY);
        prepend(width / (2 * centreX), 0, 0, height / (2 * centreY));
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

    /** Returns from which x of the picture the place (x, y) of the varied one is taken. */
    double inputX(double x, double y) {
        return xx * (x - centreX) + xy * (y - centreY) + x0 + centreX;
    }

    /** Returns from which y of the picture the place (x, y) of the varied one is taken. */
    double inputY(double x, double y) {
        return yx * (x - centreX) + yy * (y - centreY) + y0 + centreY;
    }

    /** Returns to which x of the varied picture the place (x, y) of the picture goes; it may lie outside. */
    double outputX(double x, double y) {
        double dx = x - centreX - x0;
        double dy = y - centreY - y0;
        return (yy * dx - xy * dy) / determinant() + centreX;
    }

    /** Returns to which y of the varied picture the place (x, y) of the picture goes; it may lie outside. */
    double outputY(double x, double y) {
        double dx = x - centreX - x0;
        double dy = y - centreY - y0;
        return (xx * dy - yx * dx) / determinant() + centreY;
    }

    private double determinant() {
        return xx * yy - xy * yx;
    }

    /** Returns whether rows stay rows and columns columns. */
    boolean isStraight() {
        return xy == 0 && yx == 0;
    }

    /** Returns the change of the input's x from one pixel to the next on its right. */
    double xAlongRow() {
        return xx;
    }

    /** Returns the change of the input's y from one pixel to the next on its right. */
    double yAlongRow() {
        return yx;
    }
}
