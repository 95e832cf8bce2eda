package io.fovea.evaluation;

import io.fovea.image.Pixels;
import java.util.Arrays;

/**
 * A white picture to draw rectangles, lines, pictures and text on; colours are 0xRRGGBB. What falls outside is cut off.
 *
 * <p>Whole pixels are counted from the upper left; lines and rings take places along pixel edges, so that (0.5, 0.5) is the middle of
 * the first pixel, and have smooth edges.
 */
final class Canvas {

    /** Which way a text runs. */
    enum Direction {
        RIGHT,
        UP
    }

    private final int height;
    private final int width;
    private final byte[] values;

    Canvas(int height, int width) {
        this.height = height;
        this.width = width;
        this.values = new byte[Math.multiplyExact(Math.multiplyExact(height, width), 3)];
        Arrays.fill(values, (byte) 0xff);
    }

    /** Returns the columns that a text covers. */
    static int width(String text, int scale) {
        return text.isEmpty() ? 0 : (text.length() * Glyphs.ADVANCE - 1) * scale;
    }

    void fill(int x, int y, int columns, int rows, int colour) {
        for (int row = Math.max(0, y); row < Math.min(height, y + rows); row++) {
            for (int column = Math.max(0, x); column < Math.min(width, x + columns); column++) {
                int at = (row * width + column) * 3;
                values[at] = (byte) (colour >> 16);
                values[at + 1] = (byte) (colour >> 8);
                values[at + 2] = (byte) colour;
            }
        }
    }

    /** Draws a text whose first letter has its upper left corner, as seen by a reader of that direction, at (x, y). */
    void text(String text, int x, int y, int scale, int colour, Direction direction) {
        for (int i = 0; i < text.length(); i++) {
            for (int row = 0; row < Glyphs.FULL_HEIGHT; row++) {
                for (int column = 0; column < Glyphs.ADVANCE - 1; column++) {
                    if (!Glyphs.dot(text.charAt(i), row, column)) continue;
                    int along = (i * Glyphs.ADVANCE + column) * scale;
                    if (direction == Direction.RIGHT) fill(x + along, y + row * scale, scale, scale, colour);
                    else fill(x + row * scale, y - along - scale + 1, scale, scale, colour);
                }
            }
        }
    }

    /** Draws a picture, grey or in colour, with its upper left pixel at (x, y). */
    void picture(Pixels picture, int x, int y) {
        byte[] from = picture.values();
        int channels = picture.channels();
        for (int row = Math.max(0, -y); row < Math.min(picture.height(), height - y); row++) {
            for (int column = Math.max(0, -x); column < Math.min(picture.width(), width - x); column++) {
                int at = (row * picture.width() + column) * channels;
                int to = ((y + row) * width + x + column) * 3;
                for (int c = 0; c < 3; c++) values[to + c] = from[at + (channels == 1 ? 0 : c)];
            }
        }
    }

    /** Draws a line with round ends; of no length it is a disc. */
    void line(double fromX, double fromY, double toX, double toY, double thickness, int colour) {
        double reach = thickness / 2;
        double lengthX = toX - fromX;
        double lengthY = toY - fromY;
        double squared = lengthX * lengthX + lengthY * lengthY;
        Shading distance = (x, y) -> {
            double along = squared == 0 ? 0 : ((x - fromX) * lengthX + (y - fromY) * lengthY) / squared;
            double nearest = Math.clamp(along, 0, 1);
            return reach - Math.hypot(x - fromX - nearest * lengthX, y - fromY - nearest * lengthY);
        };
        shade(
                Math.min(fromX, toX) - reach,
                Math.min(fromY, toY) - reach,
                Math.max(fromX, toX) + reach,
                Math.max(fromY, toY) + reach,
                colour,
                distance);
    }

    /** Draws a disc. */
    void disc(double x, double y, double radius, int colour) {
        line(x, y, x, y, 2 * radius, colour);
    }

    /** Draws a ring whose line runs along a circle of that radius. */
    void ring(double x, double y, double radius, double thickness, int colour) {
        double reach = radius + thickness / 2;
        shade(
                x - reach,
                y - reach,
                x + reach,
                y + reach,
                colour,
                (px, py) -> thickness / 2 - Math.abs(Math.hypot(px - x, py - y) - radius));
    }

    /** How far a place is inside of a shape, in pixels; negative outside. */
    private interface Shading {
        double depth(double x, double y);
    }

    /** Colours what lies inside; a pixel on the edge by the share that is covered, about. */
    private void shade(double left, double top, double right, double bottom, int colour, Shading shape) {
        int lastRow = (int) Math.min(height - 1, Math.ceil(bottom));
        int lastColumn = (int) Math.min(width - 1, Math.ceil(right));
        for (int row = (int) Math.max(0, Math.floor(top - 1)); row <= lastRow; row++) {
            for (int column = (int) Math.max(0, Math.floor(left - 1)); column <= lastColumn; column++) {
                double share = Math.clamp(shape.depth(column + 0.5, row + 0.5) + 0.5, 0, 1);
                if (share > 0) blend((row * width + column) * 3, colour, share);
            }
        }
    }

    private void blend(int at, int colour, double share) {
        for (int c = 0; c < 3; c++) {
            int over = colour >> 16 - 8 * c & 0xff;
            int under = values[at + c] & 0xff;
            values[at + c] = (byte) Math.round(under + (over - under) * share);
        }
    }

    Pixels pixels() {
        return new Pixels(height, width, 3, values);
    }
}
