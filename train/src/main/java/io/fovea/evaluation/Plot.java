package io.fovea.evaluation;

import static io.fovea.evaluation.Canvas.Direction.RIGHT;
import static io.fovea.evaluation.Canvas.Direction.UP;

import java.util.Locale;

/** A square of dots with a scale on both sides; the same range on both, so that distances can be compared. */
final class Plot {

    /** Pixels of a side, with title and scale. */
    static final int SIDE = 384;

    private static final int INK = 0x24292f;
    private static final int GREY_INK = 0x6e7781;
    private static final int GRID = 0xe3e6ea;
    private static final int LEFT = 64;
    private static final int TOP = 30;
    private static final int AREA = SIDE - LEFT - 8;
    private static final double DOT = 3;

    private final Canvas canvas;
    private final int left;
    private final int top;
    private final double low;
    private final double high;

    /** Draws an empty plot with its upper left corner at (x, y). */
    Plot(Canvas canvas, int x, int y, double lowest, double highest) {
        this.canvas = canvas;
        this.left = x + LEFT;
        this.top = y + TOP;
        double step = step(lowest, highest);
        this.low = Math.floor(lowest / step) * step;
        this.high = Math.max(low + step, Math.ceil(highest / step) * step);
        for (long i = 0; low + i * step <= high + step / 2; i++) {
            double value = low + i * step;
            double at = along(value);
            canvas.line(left, top + AREA - at, left + AREA, top + AREA - at, 1, GRID);
            canvas.line(left + at, top, left + at, top + AREA, 1, GRID);
            String number = number(value, step);
            int width = Canvas.width(number, 1);
            canvas.text(number, left - 8 - width, (int) (top + AREA - at) - Glyphs.HEIGHT / 2, 1, GREY_INK, RIGHT);
            canvas.text(number, (int) (left + at) - width / 2, top + AREA + 8, 1, GREY_INK, RIGHT);
        }
    }

    /** Writes what is shown, above, and the names of both axes. */
    Plot titled(String title, String across, String upward) {
        canvas.text(title, left, top - TOP + 4, 2, INK, RIGHT);
        canvas.text(across, left + (AREA - Canvas.width(across, 1)) / 2, top + AREA + 22, 1, GREY_INK, RIGHT);
        canvas.text(upward, left - LEFT, top + (AREA + Canvas.width(upward, 1)) / 2, 1, GREY_INK, UP);
        return this;
    }

    /** Draws a line between two places of the plot. */
    Plot line(double fromX, double fromY, double toX, double toY, int colour) {
        canvas.line(
                left + along(fromX),
                top + AREA - along(fromY),
                left + along(toX),
                top + AREA - along(toY),
                1.5,
                colour);
        return this;
    }

    /** Draws the line on which both coordinates are equal. */
    Plot diagonal(int colour) {
        return line(low, low, high, high, colour);
    }

    /** Draws a circle about the origin, with its radius written on it. */
    Plot circle(double radius, String label, int colour) {
        canvas.ring(left + along(0), top + AREA - along(0), along(radius) - along(0), 1.5, colour);
        int width = Canvas.width(label, 1);
        int x = (int) (left + along(0)) - width / 2;
        int y = (int) (top + AREA - along(radius)) - Glyphs.HEIGHT / 2;
        canvas.fill(x - 3, y - 2, width + 6, Glyphs.HEIGHT + 4, 0xffffff);
        canvas.text(label, x, y, 1, colour, RIGHT);
        return this;
    }

    /** Draws a dot. */
    void dot(double x, double y, int colour) {
        double atX = left + along(x);
        double atY = top + AREA - along(y);
        canvas.disc(atX, atY, DOT + 1, 0xffffff);
        canvas.disc(atX, atY, DOT, colour);
    }

    private double along(double value) {
        return (value - low) / (high - low) * AREA;
    }

    /** Returns 1, 2 or 5 times a power of ten, so that the range has four to ten steps. */
    private static double step(double lowest, double highest) {
        double range = highest - lowest;
        if (!(range > 0)) return Math.max(1, Math.abs(lowest));
        double power = Math.pow(10, Math.floor(Math.log10(range / 4)));
        for (double factor : new double[] {5, 2}) {
            if (range / (factor * power) >= 4) return factor * power;
        }
        return power;
    }

    private static String number(double value, double step) {
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(step)));
        if (decimals > 6) return String.format(Locale.ROOT, "%.1e", value);
        return String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(value) < step / 1e6 ? 0 : value);
    }
}
