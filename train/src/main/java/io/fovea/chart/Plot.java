package io.fovea.chart;

import static io.fovea.chart.Drawing.Anchor.END;
import static io.fovea.chart.Drawing.Anchor.MIDDLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A rectangle of dots and curves with a scale on both sides. */
public final class Plot {

    /** Pixels of a side of a square plot, with title and scale. */
    public static final int SIDE = 384;

    private static final int LEFT = 62;
    private static final int TOP = 32;
    private static final int BOTTOM = 44;
    private static final int RIGHT = 10;
    private static final double DOT = 3;

    private final Drawing drawing;
    private final double left;
    private final double top;
    private final double wide;
    private final double high;
    private final Scale across;
    private final Scale upward;

    /** From where to where, in steps of 1, 2 or 5 times a power of ten. */
    private record Scale(double low, double high, double step) {

        static Scale of(double lowest, double highest) {
            double step = step(lowest, highest);
            double low = Math.floor(lowest / step + 1e-9) * step;
            return new Scale(low, Math.max(low + step, Math.ceil(highest / step - 1e-9) * step), step);
        }

        /** So that the range has four to ten steps. */
        private static double step(double lowest, double highest) {
            double range = highest - lowest;
            if (!(range > 0)) return Math.max(1, Math.abs(lowest));
            double power = Math.pow(10, Math.floor(Math.log10(range / 4)));
            for (double factor : new double[] {5, 2}) if (range / (factor * power) >= 4) return factor * power;
            return power;
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (long i = 0; low + i * step <= high + step / 2; i++) ticks.add(low + i * step);
            return ticks;
        }

        double share(double value) {
            return (value - low) / (high - low);
        }

        String words(double value) {
            int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
            if (decimals > 6) return String.format(Locale.ROOT, "%.1e", value);
            return String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(value) < step / 1e6 ? 0 : value);
        }
    }

    private Plot(Drawing drawing, double x, double y, double width, double height, Scale across, Scale upward) {
        this.drawing = drawing;
        this.left = x + LEFT;
        this.top = y + TOP;
        this.wide = width - LEFT - RIGHT;
        this.high = height - TOP - BOTTOM;
        this.across = across;
        this.upward = upward;
        for (double value : across.ticks()) {
            drawing.line(x(value), top, x(value), top + high, 1, Drawing.GRID);
            drawing.text(across.words(value), x(value), top + high + 17, Drawing.SMALL, Drawing.GREY, MIDDLE);
        }
        for (double value : upward.ticks()) {
            drawing.line(left, y(value), left + wide, y(value), 1, Drawing.GRID);
            drawing.level(upward.words(value), left - 8, y(value), Drawing.SMALL, Drawing.GREY, END);
        }
    }

    /** Draws an empty square with the same range on both sides, so that distances can be compared; its upper left corner at (x, y). */
    public static Plot square(Drawing drawing, double x, double y, double lowest, double highest) {
        Scale both = Scale.of(lowest, highest);
        return new Plot(drawing, x, y, SIDE, SIDE, both, both);
    }

    /**
     * Draws an empty rectangle with its upper left corner at (x, y).
     *
     * @param width  with the scale
     * @param height with the title and the scale
     */
    public static Plot of(
            Drawing drawing,
            double x,
            double y,
            double width,
            double height,
            double lowestAcross,
            double highestAcross,
            double lowestUpward,
            double highestUpward) {
        return new Plot(
                drawing,
                x,
                y,
                width,
                height,
                Scale.of(lowestAcross, highestAcross),
                Scale.of(lowestUpward, highestUpward));
    }

    /** Writes what is shown, above, and the names of both axes. */
    public Plot titled(String title, String namedAcross, String namedUpward) {
        drawing.title(Letters.shortened(title, Drawing.TEXT, wide), left, top - 12, Drawing.TEXT);
        drawing.text(namedAcross, left + wide / 2, top + high + 36, Drawing.SMALL, Drawing.GREY, MIDDLE);
        drawing.upward(namedUpward, left - LEFT + 8, top + high / 2, Drawing.SMALL, Drawing.GREY, MIDDLE);
        return this;
    }

    /** Draws a line between two places of the plot. */
    public Plot line(double fromX, double fromY, double toX, double toY, int colour) {
        drawing.line(x(fromX), y(fromY), x(toX), y(toY), 1.5, colour);
        return this;
    }

    /** Draws the line on which both coordinates are equal. */
    public Plot diagonal(int colour) {
        double low = Math.max(across.low(), upward.low());
        double high = Math.min(across.high(), upward.high());
        return line(low, low, high, high, colour);
    }

    /**
     * Draws a line through points.
     *
     * @param points [n, 2]; none for no line
     */
    public Plot curve(double[] points, int colour) {
        if (points.length == 0) return this;
        double[] placed = new double[points.length];
        for (int i = 0; i < points.length; i += 2) {
            placed[i] = x(points[i]);
            placed[i + 1] = y(points[i + 1]);
        }
        drawing.curve(placed, 2, colour);
        return this;
    }

    /** Draws a circle about the origin of a square plot, with its radius written on it. */
    public Plot circle(double radius, String label, int colour) {
        double reach = x(radius) - x(0);
        drawing.ring(x(0), y(0), reach, 1.5, colour);
        double width = Letters.width(label, Drawing.SMALL);
        drawing.box(x(0) - width / 2 - 3, y(radius) - 7, width + 6, 14, 0xffffff);
        drawing.level(label, x(0), y(radius), Drawing.SMALL, colour, MIDDLE);
        return this;
    }

    /** Draws a bar from the lower edge. */
    public void bar(double from, double to, double value, int colour, double opacity) {
        double upper = y(value);
        drawing.box(x(from) + 1, upper, x(to) - x(from) - 2, top + high - upper, colour, opacity);
    }

    /** Draws a dot. */
    public void dot(double x, double y, int colour) {
        drawing.disc(x(x), y(y), DOT + 1, 0xffffff);
        drawing.disc(x(x), y(y), DOT, colour);
    }

    /** Returns where a value across lies in the drawing. */
    private double x(double value) {
        return left + across.share(value) * wide;
    }

    private double y(double value) {
        return top + high - upward.share(value) * high;
    }
}
