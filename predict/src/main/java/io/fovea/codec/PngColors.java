package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;
import io.fovea.image.ColorConversion;

/**
 * The samples of a PNG file become red, green, blue: fewer than 8 bits are spread over 0 to 255, of 16 the upper 8 are kept, and what
 * is transparent lies on white.
 *
 * <p>Source: W3C PNG specification, third edition (2025), sections 11.2 and 11.3.1.
 */
final class PngColors {

    private static final int DEPTH = 24;
    private static final int KIND = 25;

    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGB_ALPHA = 6;

    private final PictureFile file;
    private final int depth;
    private final int kind;
    private final int samples;
    private final long palette;
    private final int paletteSize;
    private final long clear;
    private final long clearLength;

    private PngColors(PictureFile file) {
        this.file = file;
        this.depth = file.byteAt(DEPTH);
        this.kind = file.byteAt(KIND);
        this.samples = switch (kind) {
            case GREY, PALETTE -> 1;
            case GREY_ALPHA -> 2;
            case RGB -> 3;
            case RGB_ALPHA -> 4;
            default -> throw file.damaged("an unknown PNG colour type " + kind);
        };
        boolean fits = depth == 8
                || depth == 16 && kind != PALETTE
                || (depth == 1 || depth == 2 || depth == 4) && (kind == GREY || kind == PALETTE);
        if (!fits) throw file.damaged("PNG colour type " + kind + " with " + depth + " bits");
        this.palette = PlainPng.find(file, "PLTE", PlainPng.FIRST_CHUNK);
        if (kind == PALETTE && palette < 0) throw file.damaged("a PNG file without its palette");
        this.paletteSize = palette < 0 ? 0 : (int) (file.intAt(palette, Endian.BIG) / 3);
        this.clear = PlainPng.find(file, "tRNS", PlainPng.FIRST_CHUNK);
        this.clearLength = clear < 0 ? 0 : file.intAt(clear, Endian.BIG);
    }

    static PngColors of(PictureFile file) {
        return new PngColors(file);
    }

    /** What becomes of samples. */
    enum Reading {
        /** Red, green, blue. */
        COLORS,
        /** Lower byte, upper byte, 0: the sample as it is stored, an index if there is a palette. */
        NUMBERS
    }

    /** Returns whether a pixel is one number: grey, or the index in a palette. */
    boolean hasNumbers() {
        return kind == GREY || kind == GREY_ALPHA || kind == PALETTE;
    }

    int bitsPerPixel() {
        return samples * depth;
    }

    /** Writes a row's pixels to {@code values}, {@code step} bytes apart. */
    void write(byte[] row, int from, int count, byte[] values, int at, int step, Reading reading) {
        for (int x = 0, to = at; x < count; x++, to += step) {
            if (reading == Reading.NUMBERS) number(sample(row, from, x * samples), values, to);
            else if (kind == PALETTE) paint(sample(row, from, x), values, to);
            else if (kind == GREY || kind == GREY_ALPHA) grey(row, from, x, values, to);
            else color(row, from, x, values, to);
        }
    }

    private int sample(byte[] row, int from, int i) {
        if (depth == 8) return row[from + i] & 0xff;
        if (depth == 16) return (row[from + 2 * i] & 0xff) << 8 | row[from + 2 * i + 1] & 0xff;
        int bit = i * depth;
        return row[from + bit / 8] >> 8 - depth - bit % 8 & (1 << depth) - 1;
    }

    private static void number(int sample, byte[] values, int to) {
        values[to] = (byte) sample;
        values[to + 1] = (byte) (sample >> 8);
    }

    private int level(int sample) {
        if (depth == 8) return sample;
        return depth == 16 ? sample >> 8 : sample * 255 / ((1 << depth) - 1);
    }

    private void paint(int index, byte[] values, int to) {
        if (index >= paletteSize) {
            throw file.damaged("expected colours below " + paletteSize + " of its palette, found " + index);
        }
        int alpha = index < clearLength ? file.bytes()[(int) clear + 8 + index] & 0xff : 255;
        int entry = (int) palette + 8 + 3 * index;
        for (int c = 0; c < 3; c++) {
            values[to + c] = (byte) ColorConversion.blended(file.bytes()[entry + c] & 0xff, alpha);
        }
    }

    private void grey(byte[] row, int from, int x, byte[] values, int to) {
        int sample = sample(row, from, x * samples);
        int alpha = kind == GREY_ALPHA
                ? level(sample(row, from, x * samples + 1))
                : clearLength >= 2 && isClear(sample, 0) ? 0 : 255;
        byte value = (byte) ColorConversion.blended(level(sample), alpha);
        values[to] = value;
        values[to + 1] = value;
        values[to + 2] = value;
    }

    private void color(byte[] row, int from, int x, byte[] values, int to) {
        int first = x * samples;
        int red = sample(row, from, first);
        int green = sample(row, from, first + 1);
        int blue = sample(row, from, first + 2);
        int alpha = 255;
        if (kind == RGB_ALPHA) alpha = level(sample(row, from, first + 3));
        else if (clearLength >= 6 && isClear(red, 0) && isClear(green, 1) && isClear(blue, 2)) alpha = 0;
        values[to] = (byte) ColorConversion.blended(level(red), alpha);
        values[to + 1] = (byte) ColorConversion.blended(level(green), alpha);
        values[to + 2] = (byte) ColorConversion.blended(level(blue), alpha);
    }

    /** Whether the one clear colour has this sample; it is told in 16 bits, of which those of the depth count. */
    private boolean isClear(int sample, int channel) {
        return sample == (file.shortAt(clear + 8 + 2L * channel, Endian.BIG) & (1 << depth) - 1);
    }
}
