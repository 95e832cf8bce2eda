package io.fovea.evaluation;

import io.fovea.image.Pixels;
import java.awt.Color;
import java.util.List;
import java.util.Locale;

/** Points of pictures on a plane, each in the colour of its picture's class. */
public final class CodePicture {

    private static final int INK = 0x24292f;
    private static final int LINE = 16;
    private static final int LEGEND = 140;
    private static final int MOST_NAMED = Plot.SIDE / LINE - 2;
    private static final int LONGEST_NAME = 16;

    private CodePicture() {}

    /**
     * Draws them.
     *
     * @param points     [N, 2]
     * @param shares     of the variance of all numbers that each of the two has, 0 to 1
     * @param labels     [N]
     * @param classNames by label
     */
    public static Pixels draw(float[] points, double[] shares, int[] labels, List<String> classNames) {
        Canvas canvas = new Canvas(Plot.SIDE, Plot.SIDE + LEGEND);
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (float value : points) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        Plot plot = new Plot(canvas, 0, 0, lowest, highest).titled("codes", axis(1, shares[0]), axis(2, shares[1]));
        int classes = classNames.size();
        for (int n = 0; n < labels.length; n++) {
            plot.dot(points[2 * n], points[2 * n + 1], colour(labels[n], classes));
        }
        for (int k = 0; k < Math.min(classes, MOST_NAMED); k++) {
            String name = classNames.get(k);
            String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
            int y = LINE * (k + 2);
            canvas.disc(Plot.SIDE + 10, y + Glyphs.HEIGHT / 2.0, 4, colour(k, classes));
            canvas.text(shown, Plot.SIDE + 22, y, 1, INK, Canvas.Direction.RIGHT);
        }
        return canvas.pixels();
    }

    private static String axis(int number, double share) {
        return String.format(Locale.ROOT, "principal component %d (%.0f %% of the variance)", number, 100 * share);
    }

    /** Hues at even distances, every second one darker, so that neighbours on the circle differ. */
    static int colour(int label, int classes) {
        return Color.HSBtoRGB((float) label / classes, 0.85f, label % 2 == 0 ? 0.9f : 0.6f) & 0xffffff;
    }
}
