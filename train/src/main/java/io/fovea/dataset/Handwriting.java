package io.fovea.dataset;

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

    // Place in the picture = centre + [xx xy; yx yy]·(point − middle of the digit), in pixels
    private final double xx;
    private final double xy;
    private final double yx;
    private final double yy;
    private final double centreX;
    private final double centreY;

    /** Two waves for each direction: amplitude, frequency in x and y, phase. */
    private final double[][] bend = new double[4][];

    Handwriting(RandomGenerator random, int side) {
        this.random = random;
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
        centreX = (side - 1) / 2.0 + around(0.09) * side;
        centreY = (side - 1) / 2.0 + around(0.09) * side;
        for (int i = 0; i < bend.length; i++) {
            bend[i] = new double[] {around(0.085), between(-0.8, 0.8), between(-0.8, 0.8), between(0, 1)};
        }
    }

    /** Returns the stroke as it comes out in this hand: points [x0, y0, x1, y1, …] in pixels. */
    double[] write(double[] stroke) {
        double offX = around(0.035);
        double offY = around(0.035);
        double[] written = new double[stroke.length];
        for (int i = 0; i < stroke.length; i += 2) {
            double x = stroke[i];
            double y = stroke[i + 1];
            double u = x - 0.5 + wave(0, x, y) + wave(1, x, y) + offX + around(0.055);
            double v = y - 0.5 + wave(2, x, y) + wave(3, x, y) + offY + around(0.055);
            written[i] = centreX + xx * u + xy * v;
            written[i + 1] = centreY + yx * u + yy * v;
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
