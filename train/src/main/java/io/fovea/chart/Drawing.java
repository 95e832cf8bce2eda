package io.fovea.chart;

import io.fovea.image.Pixels;
import java.util.ArrayList;
import java.util.List;

/**
 * Marks on a white ground, in the order in which they cover each other. Places are in pixels from the upper left, colours 0xRRGGBB.
 *
 * <p>Mutable; for one thread.
 */
public final class Drawing {

    /** Size of titles. */
    public static final double TITLE = 22;

    /** Size of text. */
    public static final double TEXT = 14;

    /** Size of scales and remarks. */
    public static final double SMALL = 11;

    /** Of text. */
    public static final int INK = 0x24292f;

    /** Of what explains. */
    public static final int GREY = 0x59636e;

    /** Of lines behind all. */
    public static final int GRID = 0xe3e6ea;

    /** Which part of a text stands at its place. */
    public enum Anchor {
        /** Its beginning. */
        START,
        /** Its middle. */
        MIDDLE,
        /** Its end. */
        END
    }

    private final int width;
    private final int height;
    private final String title;
    private final List<Mark> marks = new ArrayList<>();

    /**
     * Nothing is drawn yet.
     *
     * @param title what it shows, for those who cannot see it
     */
    public Drawing(int width, int height, String title) {
        if (width < 1 || height < 1) throw new IllegalArgumentException(width + " x " + height);
        this.width = width;
        this.height = height;
        this.title = title;
    }

    /** Returns how wide it is. */
    public int width() {
        return width;
    }

    /** Returns how high it is. */
    public int height() {
        return height;
    }

    String title() {
        return title;
    }

    List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** Draws a filled rectangle. */
    public void box(double x, double y, double wide, double high, int colour) {
        marks.add(new Mark.Box(x, y, wide, high, colour, 1));
    }

    /**
     * Draws a filled rectangle through which is seen what it covers.
     *
     * @param opacity 0 to 1
     */
    public void box(double x, double y, double wide, double high, int colour, double opacity) {
        marks.add(new Mark.Box(x, y, wide, high, colour, opacity));
    }

    /** Draws a line. */
    public void line(double fromX, double fromY, double toX, double toY, double thickness, int colour) {
        marks.add(new Mark.Line(new double[] {fromX, fromY, toX, toY}, thickness, colour));
    }

    /**
     * Draws a line through points.
     *
     * @param points [n, 2], at least one
     */
    public void curve(double[] points, double thickness, int colour) {
        marks.add(new Mark.Line(points.clone(), thickness, colour));
    }

    /** Draws a filled circle. */
    public void disc(double x, double y, double radius, int colour) {
        marks.add(new Mark.Disc(x, y, radius, colour));
    }

    /** Draws a circle's line. */
    public void ring(double x, double y, double radius, double thickness, int colour) {
        marks.add(new Mark.Ring(x, y, radius, thickness, colour));
    }

    /** Draws a picture; its pixels are kept sharp where it is made larger. */
    public void picture(Pixels pixels, double x, double y, double wide, double high) {
        marks.add(new Mark.Picture(pixels, x, y, wide, high));
    }

    /** Draws another drawing with its upper left corner at (x, y); what stands out of it is cut off. */
    public void part(Drawing other, double x, double y) {
        marks.add(new Mark.Part(other, x, y));
    }

    /** Draws a text that begins at x and stands on the line y. */
    public void text(String words, double x, double y, double size, int colour) {
        text(words, x, y, size, colour, Anchor.START);
    }

    /** Draws a text that stands on the line y. */
    public void text(String words, double x, double y, double size, int colour, Anchor anchor) {
        marks.add(new Mark.Text(words, x, y, size, colour, anchor, Letters.Weight.REGULAR, false));
    }

    /** Draws a title that begins at x and stands on the line y. */
    public void title(String words, double x, double y, double size) {
        marks.add(new Mark.Text(words, x, y, size, INK, Anchor.START, Letters.Weight.SEMIBOLD, false));
    }

    /** Draws a text whose capital letters have their middle at y. */
    public void level(String words, double x, double y, double size, int colour, Anchor anchor) {
        text(words, x, y + size * Letters.CAPITAL / 2, size, colour, anchor);
    }

    /** Draws a text that runs upward, its capital letters with their middle at x. */
    public void upward(String words, double x, double y, double size, int colour, Anchor anchor) {
        double line = x + size * Letters.CAPITAL / 2;
        marks.add(new Mark.Text(words, line, y, size, colour, anchor, Letters.Weight.REGULAR, true));
    }
}
