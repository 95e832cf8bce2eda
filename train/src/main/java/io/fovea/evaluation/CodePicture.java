package io.fovea.evaluation;

import static io.fovea.chart.Drawing.Anchor.START;

import io.fovea.chart.Drawing;
import io.fovea.chart.Letters;
import io.fovea.chart.Plot;
import java.awt.Color;
import java.util.List;
import java.util.Locale;

/** Points of pictures on a plane, each in the colour of its picture's class. */
public final class CodePicture {

    private static final int LINE = 18;
    private static final int LEGEND = 150;
    private static final int MOST_NAMED = Plot.SIDE / LINE - 2;

    private CodePicture() {}

    /**
     * Draws them.
     *
     * @param points     [N, 2]
     * @param shares     of the variance of all numbers that each of the two has, 0 to 1
     * @param labels     [N]
     * @param classNames by label
     */
    public static Drawing draw(float[] points, double[] shares, int[] labels, List<String> classNames) {
        Drawing drawing = new Drawing(Plot.SIDE + LEGEND, Plot.SIDE, "Codes of pictures");
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (float value : points) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        Plot plot = Plot.square(drawing, 0, 0, lowest, highest).titled("codes", axis(1, shares[0]), axis(2, shares[1]));
        int classes = classNames.size();
        for (int n = 0; n < labels.length; n++) {
            plot.dot(points[2 * n], points[2 * n + 1], colour(labels[n], classes));
        }
        for (int k = 0; k < Math.min(classes, MOST_NAMED); k++) {
            double y = LINE * (k + 2.5);
            drawing.disc(Plot.SIDE + 10, y, 4, colour(k, classes));
            String name = Letters.shortened(classNames.get(k), Drawing.SMALL, LEGEND - 30);
            drawing.level(name, Plot.SIDE + 22, y, Drawing.SMALL, Drawing.INK, START);
        }
        return drawing;
    }

    private static String axis(int number, double share) {
        return String.format(Locale.ROOT, "principal component %d (%.0f %% of the variance)", number, 100 * share);
    }

    /** Hues at even distances, every second one darker, so that neighbours on the circle differ. */
    static int colour(int label, int classes) {
        return Color.HSBtoRGB((float) label / classes, 0.85f, label % 2 == 0 ? 0.9f : 0.6f) & 0xffffff;
    }
}
