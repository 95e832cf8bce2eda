package io.fovea.explain;

import io.fovea.image.Pixels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws tiles of values side by side. Small tiles are enlarged by a whole factor; of large ones neighbouring values are drawn together.
 *
 * @param values   [T, channels, height, width], all tiles
 * @param channels 1, or 3 for colours
 * @param height   of a tile
 * @param width    of a tile
 */
record SheetDrawing(float[] values, int channels, int height, int width) {

    private static final int GAP = 2;
    private static final int LARGEST_SIDE = 128;
    /** Of a map that is looked at alone. */
    static final int MAP_SIDE = 64;
    /** Of a tile of one value, a dot among others. */
    private static final int DOT = 6;

    /** What is black and what is white. */
    record Limits(float minimum, float maximum) {}

    /** Returns how many tiles there are. */
    private int count() {
        return values.length / length();
    }

    private int length() {
        return channels * height * width;
    }

    /**
     * Draws the first tiles from one on, in a sheet about as high as it is wide.
     *
     * @param side that small tiles are enlarged to, at most
     */
    Sheet drawn(MapSettings settings, int side) {
        int first = Math.min(settings.first(), count() - 1);
        int shown = Math.min(settings.most(), count() - first);
        int[] tiles = new int[shown];
        for (int i = 0; i < shown; i++) tiles[i] = first + i;
        int columns = (int) Math.ceil(Math.sqrt((double) shown * height / width));
        // a tile of one value has no range of its own
        boolean alone = settings.range() == MapSettings.Range.EACH && length() > 1;
        return drawn(tiles, Math.clamp(columns, 1, shown), alone ? 1 : count(), first, side);
    }

    /**
     * Draws chosen tiles.
     *
     * @param group how many tiles, one after the other among all, are drawn in one range
     */
    Sheet drawn(int[] tiles, int columns, int group, int first, int side) {
        int longest = Math.max(height, width);
        int perValue = longest == 1 ? DOT : Math.max(1, side / longest);
        int perPixel = (longest + LARGEST_SIDE - 1) / LARGEST_SIDE;
        int tileHeight = (height + perPixel - 1) / perPixel * perValue;
        int tileWidth = (width + perPixel - 1) / perPixel * perValue;
        int rows = (tiles.length + columns - 1) / columns;
        int sheetHeight = rows * (tileHeight + GAP) - GAP;
        int sheetWidth = columns * (tileWidth + GAP) - GAP;
        byte[] sheet = Sheet.background(sheetHeight, sheetWidth, channels);
        Map<Integer, Limits> ranges = new HashMap<>();
        List<Float> minima = new ArrayList<>();
        List<Float> maxima = new ArrayList<>();
        for (int i = 0; i < tiles.length; i++) {
            int from = tiles[i] * length();
            Limits limits = ranges.computeIfAbsent(
                    tiles[i] / group, each -> limits(values, each * group * length(), (each + 1) * group * length()));
            minima.add(limits.minimum());
            maxima.add(limits.maximum());
            int top = i / columns * (tileHeight + GAP);
            int left = i % columns * (tileWidth + GAP);
            for (int c = 0; c < channels; c++) {
                byte[] levels = levels(from + c * height * width, perPixel, limits);
                int across = (width + perPixel - 1) / perPixel;
                for (int y = 0; y < tileHeight; y++) {
                    int to = ((top + y) * sheetWidth + left) * channels + c;
                    int row = y / perValue * across;
                    for (int x = 0; x < tileWidth; x++) sheet[to + x * channels] = levels[row + x / perValue];
                }
            }
        }
        return new Sheet(
                count(),
                first,
                tiles.length,
                columns,
                rows,
                tileHeight,
                tileWidth,
                perValue,
                perPixel,
                GAP,
                minima,
                maxima,
                new Pixels(sheetHeight, sheetWidth, channels, sheet));
    }

    /** Returns a plane's values as 0 to 255, [⌈height / perPixel⌉, ⌈width / perPixel⌉]. */
    private byte[] levels(int from, int perPixel, Limits limits) {
        int down = (height + perPixel - 1) / perPixel;
        int across = (width + perPixel - 1) / perPixel;
        byte[] levels = new byte[down * across];
        for (int y = 0, to = 0; y < down; y++) {
            for (int x = 0; x < across; x++, to++) {
                float value = perPixel == 1 ? values[from + y * width + x] : mean(from, y, x, perPixel);
                levels[to] = level(value, limits);
            }
        }
        return levels;
    }

    /** Returns values as 0 to 255. */
    static byte[] levels(float[] values, Limits limits) {
        byte[] levels = new byte[values.length];
        for (int i = 0; i < values.length; i++) levels[i] = level(values[i], limits);
        return levels;
    }

    private static byte level(float value, Limits limits) {
        float scale = limits.maximum() > limits.minimum() ? 255 / (limits.maximum() - limits.minimum()) : 0;
        // what is no number becomes 0 by the conversion
        return (byte) Math.clamp(Math.round((value - limits.minimum()) * scale), 0, 255);
    }

    private float mean(int from, int y, int x, int perPixel) {
        int bottom = Math.min(height, (y + 1) * perPixel);
        int right = Math.min(width, (x + 1) * perPixel);
        float sum = 0;
        for (int row = y * perPixel; row < bottom; row++)
            for (int column = x * perPixel; column < right; column++) sum += values[from + row * width + column];
        return sum / ((bottom - y * perPixel) * (right - x * perPixel));
    }

    /** Returns the smallest and the largest finite value; 0 and 0 if there is none. */
    static Limits limits(float[] values, int from, int to) {
        float minimum = Float.POSITIVE_INFINITY;
        float maximum = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            if (!Float.isFinite(values[i])) continue;
            minimum = Math.min(minimum, values[i]);
            maximum = Math.max(maximum, values[i]);
        }
        return minimum <= maximum ? new Limits(minimum, maximum) : new Limits(0, 0);
    }
}
