package io.fovea.collection;

import io.fovea.dataset.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The digits of printed fonts, as outlines.
 *
 * <p>Read from text: a line {@code font NAME} begins a font, ten lines with the outlines of 0 to 9 follow, each polygons separated by "|", their
 * corners x,y in thousandths of the digit's height, y downward. Lines that begin with "#" are remarks.
 */
public final class Glyphs {

    private static final int DIGITS = 10;

    /** Rows and columns of sample points in each pixel. */
    private static final int SAMPLES = 4;

    private final List<String> fonts = new ArrayList<>();

    /** For each font and digit, polygons [x0, y0, x1, y1, …] in heights of the digit. */
    private final List<List<double[]>> outlines = new ArrayList<>();

    /**
     * Reads outlines.
     *
     * @throws IllegalArgumentException if a font has more or fewer than ten digits
     */
    public Glyphs(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("#")) continue;
            if (line.startsWith("font ")) fonts.add(line.substring(5));
            else
                outlines.add(
                        Arrays.stream(line.split(" \\| ")).map(Glyphs::polygon).toList());
        }
        if (outlines.size() != DIGITS * fonts.size())
            throw new IllegalArgumentException("Expected ten digits for each font: " + fonts);
    }

    private static double[] polygon(String corners) {
        return Arrays.stream(corners.split("[ ,]"))
                .mapToDouble(number -> Integer.parseInt(number) / 1000.0)
                .toArray();
    }

    /** Returns the fonts' names. */
    public List<String> fonts() {
        return List.copyOf(fonts);
    }

    /**
     * Draws a digit, antialiased, upright or turned, as far from the middle as asked for but not over the edge.
     *
     * @param height  of the digit, as a fraction of the picture's
     * @param degrees that it is turned by, clockwise
     * @param shiftX  of its middle from the picture's, as a fraction of the side
     * @param shiftY  likewise
     * @return the share of each pixel that is covered, [side, side], 0 … 1
     */
    double[] draw(int font, int digit, int side, double height, double degrees, double shiftX, double shiftY) {
        List<double[]> placed = new ArrayList<>();
        double cos = StrictMath.cos(StrictMath.toRadians(degrees)) * height * side;
        double sin = StrictMath.sin(StrictMath.toRadians(degrees)) * height * side;
        for (double[] polygon : outlines.get(DIGITS * font + digit)) {
            double[] corners = new double[polygon.length];
            for (int i = 0; i < polygon.length; i += 2) {
                corners[i] = cos * polygon[i] - sin * polygon[i + 1];
                corners[i + 1] = sin * polygon[i] + cos * polygon[i + 1];
            }
            placed.add(corners);
        }
        move(placed, 0, side, shiftX);
        move(placed, 1, side, shiftY);
        return covered(placed, side);
    }

    private static void move(List<double[]> polygons, int axis, int side, double shift) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] polygon : polygons) {
            for (int i = axis; i < polygon.length; i += 2) {
                least = Math.min(least, polygon[i]);
                most = Math.max(most, polygon[i]);
            }
        }
        double free = Math.max(0, (side - 2 - (most - least)) / 2);
        double by = side / 2.0 - (least + most) / 2 + Math.clamp(shift * side, -free, free);
        for (double[] polygon : polygons) for (int i = axis; i < polygon.length; i += 2) polygon[i] += by;
    }

    /** Sample points inside, by their winding number, which fonts' outlines are made for. */
    private static double[] covered(List<double[]> polygons, int side) {
        double[] shares = new double[side * side];
        int[] winding = new int[side * SAMPLES + 1];
        for (int row = 0; row < side * SAMPLES; row++) {
            Arrays.fill(winding, 0);
            double y = (row + 0.5) / SAMPLES;
            for (double[] polygon : polygons) cross(polygon, y, winding);
            int inside = 0;
            for (int column = 0; column < side * SAMPLES; column++) {
                inside += winding[column];
                if (inside != 0) shares[row / SAMPLES * side + column / SAMPLES] += 1.0 / (SAMPLES * SAMPLES);
            }
        }
        return shares;
    }

    /** Adds each edge that crosses the line at y to the first sample point right of it. */
    private static void cross(double[] polygon, double y, int[] winding) {
        double fromX = polygon[polygon.length - 2];
        double fromY = polygon[polygon.length - 1];
        for (int i = 0; i < polygon.length; i += 2) {
            double toX = polygon[i];
            double toY = polygon[i + 1];
            if (fromY <= y != toY <= y) {
                double x = fromX + (y - fromY) / (toY - fromY) * (toX - fromX);
                int column = (int) Math.ceil(x * SAMPLES - 0.5);
                winding[Math.clamp(column, 0, winding.length - 1)] += toY > fromY ? 1 : -1;
            }
            fromX = toX;
            fromY = toY;
        }
    }

    /** Draws one of the fonts. */
    int any(SplitMix random) {
        return random.nextInt(fonts.size());
    }
}
