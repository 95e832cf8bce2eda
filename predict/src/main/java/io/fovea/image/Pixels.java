package io.fovea.image;

import java.util.Objects;

/**
 * A decoded picture: {@code values} holds [H, W, C] unsigned bytes in reading order, colours as red, green, blue.
 *
 * <p>The array is shared, not copied; whoever makes a picture hands it over and no longer writes to it.
 *
 * @param height   H, at least 1
 * @param width    W, at least 1
 * @param channels C: 1 (grey) or 3 (red, green, blue)
 * @param values   H·W·C bytes, 0 to 255 unsigned
 */
public record Pixels(int height, int width, int channels, byte[] values) {

    /** Checks that sizes and the number of values agree. */
    public Pixels {
        Objects.requireNonNull(values, "values");
        if (height < 1 || width < 1)
            throw new IllegalArgumentException("A picture of " + width + "x" + height + " pixels");
        if (channels != 1 && channels != 3)
            throw new IllegalArgumentException("channels must be 1 or 3, not " + channels);
        long expected = (long) height * width * channels;
        if (values.length != expected) {
            throw new IllegalArgumentException("Expected " + expected + " values for [" + height + ", " + width + ", "
                    + channels + "], found " + values.length);
        }
    }

    /** Returns the value at row {@code y}, column {@code x}, channel {@code c}: 0 to 255. */
    public int at(int y, int x, int c) {
        return values[(y * width + x) * channels + c] & 0xff;
    }
}
