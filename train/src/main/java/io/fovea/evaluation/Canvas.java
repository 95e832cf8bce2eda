package io.fovea.evaluation;

import io.fovea.image.Pixels;
import java.util.Arrays;

/** A white picture to draw rectangles and text on; colours are 0xRRGGBB. What falls outside is cut off. */
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

    Pixels pixels() {
        return new Pixels(height, width, 3, values);
    }
}
