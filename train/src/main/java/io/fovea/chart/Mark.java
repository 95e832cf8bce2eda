package io.fovea.chart;

import io.fovea.image.Pixels;
import java.util.Objects;

/** One thing that is drawn; places in pixels from the upper left, colours 0xRRGGBB. */
sealed interface Mark {

    /** A filled rectangle. */
    record Box(double x, double y, double width, double height, int colour, double opacity) implements Mark {}

    /**
     * A line through points, with round ends and corners.
     *
     * @param points [n, 2]
     */
    record Line(double[] points, double thickness, int colour) implements Mark {}

    /** A filled circle. */
    record Disc(double x, double y, double radius, int colour) implements Mark {}

    /** A circle's line. */
    record Ring(double x, double y, double radius, double thickness, int colour) implements Mark {}

    /**
     * A text.
     *
     * @param x      of its anchor
     * @param y      of the line that letters stand on, at the anchor
     * @param upward whether it runs upward instead of to the right
     */
    record Text(
            String words,
            double x,
            double y,
            double size,
            int colour,
            Drawing.Anchor anchor,
            Letters.Weight weight,
            boolean upward)
            implements Mark {
        /** Checks. */
        public Text {
            Objects.requireNonNull(words, "words");
        }
    }

    /** Another drawing in its own size; what would stand out of it is cut off. */
    record Part(Drawing drawing, double x, double y) implements Mark {}

    /** A picture, its pixels kept sharp where it is made larger. */
    record Picture(Pixels pixels, double x, double y, double width, double height) implements Mark {}
}
