package io.fovea.collection;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One hand's way of writing, drawn at random: slant, turn, size, place, a bend of the whole digit, and a tremble of each point.
 *
 * <p>Lengths without unit are fractions of the digit's height. Only sums of even draws and {@link StrictMath} are used, so a seed
 * means the same digit on every machine.
 */
final class Handwriting {

    private static final double TAU = 2 * StrictMath.PI;

    private final RandomGenerator random;
    private final int side;

    // [xx xy; yx yy]·(point − middle of the digit), in pixels
    private final double xx;
    private final double xy;
    private final double yx;
    private final double yy;
    private final double shiftX;
    private final double shiftY;

    /** Two waves for each direction: amplitude, frequency in x and y, phase. */
    private final double[][] bend = new double[4][];

    Handwriting(RandomGenerator random, int side) {
        this.random = random;
        this.side = side;
        double height = side * between(0.58, 0.78);
        double width = height * between(0.5, 0.95);
        double slant = between(-0.15, 0.4);
        double turn = StrictMath.toRadians(around(16));
        double cos = StrictMath.cos(turn);
        double sin = StrictMath.sin(turn);
        // turn · slant · size
        xx = cos * width;
        xy = (-cos * slant - sin) * height;
        yx = sin * width;
        yy = (-sin * slant + cos) * height;
        shiftX = around(0.12) * side;
        shiftY = around(0.12) * side;
        for (int i = 0; i < bend.length; i++) {
            bend[i] = new double[] {around(0.085), between(-0.8, 0.8), between(-0.8, 0.8), between(0, 1)};
        }
    }

    /**
     * Returns the strokes as they come out in this hand: points [x0, y0, x1, y1, …] in pixels, in the middle or somewhat beside it,
     * no nearer than {@code margin} pixels to the edge; a digit too large for that is made smaller.
     */
    List<double[]> write(List<double[]> strokes, double margin) {
        List<double[]> written = strokes.stream().map(this::write).toList();
        double[] x = range(written, 0);
        double[] y = range(written, 1);
        double room = side - 1 - 2 * margin;
        double smaller = Math.min(1, room / Math.max(x[1] - x[0], y[1] - y[0]));
        double toX = place(shiftX, x, smaller, room);
        double toY = place(shiftY, y, smaller, room);
        for (double[] stroke : written) {
            for (int i = 0; i < stroke.length; i += 2) {
                stroke[i] = toX + smaller * stroke[i];
                stroke[i + 1] = toY + smaller * stroke[i + 1];
            }
        }
        return written;
    }

    /** What to add to the coordinates so that their range lies in the middle, shifted as far as there is room. */
    private double place(double shift, double[] range, double smaller, double room) {
        double free = Math.max(0, room - smaller * (range[1] - range[0])) / 2;
        return (side - 1) / 2.0 + Math.clamp(shift, -free, free) - smaller * (range[0] + range[1]) / 2;
    }

    /** The least and the greatest coordinate on one axis. */
    private static double[] range(List<double[]> strokes, int axis) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] stroke : strokes) {
            for (int i = axis; i < stroke.length; i += 2) {
                least = Math.min(least, stroke[i]);
                most = Math.max(most, stroke[i]);
            }
        }
        return new double[] {least, most};
    }

    private double[] write(double[] stroke) {
        double offX = around(0.035);
        double offY = around(0.035);
        double[] written = new double[stroke.length];
        for (int i = 0; i < stroke.length; i += 2) {
            double x = stroke[i];
            double y = stroke[i + 1];
            double u = x - 0.5 + wave(0, x, y) + wave(1, x, y) + offX + around(0.055);
            double v = y - 0.5 + wave(2, x, y) + wave(3, x, y) + offY + around(0.055);
            written[i] = xx * u + xy * v;
            written[i + 1] = yx * u + yy * v;
        }
        return written;
    }

    private double wave(int index, double x, double y) {
        double[] wave = bend[index];
        return wave[0] * StrictMath.sin(TAU * (wave[1] * x + wave[2] * y + wave[3]));
    }

    /** Draws evenly from least … most. */
    double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    /** Draws from −most … most, small values more often (triangular). */
    private double around(double most) {
        return most * (random.nextDouble() + random.nextDouble() - 1);
    }
}
