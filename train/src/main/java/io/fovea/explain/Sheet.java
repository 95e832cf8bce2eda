package io.fovea.explain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fovea.image.Pixels;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Maps or filters side by side in one picture: tile t lies in row ⌊t / columns⌋ and column t mod columns, tiles {@code gap} pixels apart.
 *
 * <p>In a tile the smallest value is black and the largest white, in straight steps; of three channels each is a colour. A tile whose values are all
 * equal is black. A value that is no number is black too.
 *
 * @param of            how many tiles there would be
 * @param first         the first that is drawn
 * @param shown         how many are drawn
 * @param columns       tiles in a row
 * @param rows          of tiles
 * @param tileHeight    pixels of the sheet
 * @param tileWidth     pixels of the sheet
 * @param pixelsPerValue how many pixels of the sheet a value takes up in each direction; 1 where values are drawn together
 * @param valuesPerPixel how many values in each direction one pixel is the mean of; 1 where each has its own
 * @param gap           pixels between tiles
 * @param minima        what is black in each tile
 * @param maxima        what is white in each tile
 * @param picture       the sheet
 */
public record Sheet(
        int of,
        int first,
        int shown,
        int columns,
        int rows,
        int tileHeight,
        int tileWidth,
        int pixelsPerValue,
        int valuesPerPixel,
        int gap,
        List<Float> minima,
        List<Float> maxima,
        @JsonIgnore Pixels picture) {

    /** Checks and copies. */
    public Sheet {
        minima = List.copyOf(minima);
        maxima = List.copyOf(maxima);
        Objects.requireNonNull(picture, "picture");
    }

    /** Returns one tile alone. */
    public Pixels tile(int index) {
        if (index < 0 || index >= shown)
            throw new IllegalArgumentException("There are tiles 0 to " + (shown - 1) + ", not " + index);
        int channels = picture.channels();
        int top = index / columns * (tileHeight + gap);
        int left = index % columns * (tileWidth + gap);
        byte[] values = new byte[tileHeight * tileWidth * channels];
        for (int y = 0; y < tileHeight; y++) {
            int from = ((top + y) * picture.width() + left) * channels;
            System.arraycopy(picture.values(), from, values, y * tileWidth * channels, tileWidth * channels);
        }
        return new Pixels(tileHeight, tileWidth, channels, values);
    }

    /** Returns a grey background of the sheet's size, for those who draw tiles on it. */
    static byte[] background(int height, int width, int channels) {
        byte[] values = new byte[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
        Arrays.fill(values, (byte) 96);
        return values;
    }
}
