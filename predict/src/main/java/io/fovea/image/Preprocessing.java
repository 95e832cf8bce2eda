package io.fovea.image;

import java.util.Objects;

/**
 * How a picture file becomes the numbers a network sees; travels inside every model.
 *
 * <p>Decode (orientation applied) → grey or colour → resize to [H, W] → value = (byte / 255 − mean[c]) / std[c].
 *
 * @param height     H of the network's input
 * @param width      W of the network's input
 * @param colorMode  grey or colour
 * @param resizeMode how the shape is made to fit
 * @param cropMargin pixels by which the scaled picture is larger than H and W before its middle is cut out; 0 unless CROP
 * @param mean       one per channel, in units of 0 … 1
 * @param std        one per channel, in units of 0 … 1, above 0
 */
public record Preprocessing(
        int height, int width, ColorMode colorMode, ResizeMode resizeMode, int cropMargin, float[] mean, float[] std) {

    /** Checks sizes and copies the arrays. */
    public Preprocessing {
        Objects.requireNonNull(colorMode, "colorMode");
        Objects.requireNonNull(resizeMode, "resizeMode");
        if (height < 1 || width < 1)
            throw new IllegalArgumentException("height and width must be at least 1: " + height + "x" + width);
        if (mean.length != colorMode.channels() || std.length != colorMode.channels()) {
            throw new IllegalArgumentException("mean and std need " + colorMode.channels() + " values, found "
                    + mean.length + " and " + std.length);
        }
        if (cropMargin < 0 || cropMargin > 0 && resizeMode != ResizeMode.CROP) {
            throw new IllegalArgumentException(
                    "cropMargin must be 0, or above 0 where the mode is CROP: " + cropMargin);
        }
        mean = mean.clone();
        std = std.clone();
        for (float s : std) if (!(s > 0)) throw new IllegalArgumentException("std must be above 0: " + s);
    }

    /** Without a crop margin. */
    public Preprocessing(int height, int width, ColorMode colorMode, ResizeMode resizeMode, float[] mean, float[] std) {
        this(height, width, colorMode, resizeMode, 0, mean, std);
    }

    /** Returns C. */
    public int channels() {
        return colorMode.channels();
    }

    /**
     * Returns a decoded picture resized as this preprocessing says: [H, W, C].
     *
     * @throws IllegalArgumentException if the picture was decoded in the other colour mode
     */
    public Pixels prepare(Pixels decoded) {
        if (decoded.channels() != channels()) {
            throw new IllegalArgumentException(
                    "Expected a picture of " + channels() + " channels, found " + decoded.channels());
        }
        return Resize.to(decoded, height, width, resizeMode, cropMargin);
    }

    /** Returns where the points of a decoded picture of that size come to lie in the prepared one. */
    public Placement placement(int decodedHeight, int decodedWidth) {
        return Resize.placement(decodedHeight, decodedWidth, height, width, resizeMode, cropMargin);
    }

    /**
     * Writes a prepared picture as a float tensor.
     *
     * <p>Shapes: {@code prepared} [H, W, C] → {@code out} [C, H, W] from {@code offset}.
     *
     * @throws IllegalArgumentException if the picture does not have this preprocessing's shape
     */
    public void normalise(Pixels prepared, float[] out, int offset) {
        if (prepared.height() != height || prepared.width() != width || prepared.channels() != channels()) {
            throw new IllegalArgumentException("Expected [" + height + ", " + width + ", " + channels() + "], found ["
                    + prepared.height() + ", " + prepared.width() + ", " + prepared.channels() + "]");
        }
        int area = height * width;
        int channels = channels();
        byte[] values = prepared.values();
        for (int c = 0; c < channels; c++) {
            float[] table = table(c);
            for (int i = 0, from = c, to = offset + c * area; i < area; i++, from += channels)
                out[to + i] = table[values[from] & 0xff];
        }
    }

    /** Returns the 256 numbers that the byte values of channel {@code c} become; every consumer uses this one table. */
    public float[] table(int c) {
        float[] table = new float[256];
        for (int v = 0; v < 256; v++) table[v] = (v / 255f - mean[c]) / std[c];
        return table;
    }

    @Override
    public float[] mean() {
        return mean.clone();
    }

    @Override
    public float[] std() {
        return std.clone();
    }
}
