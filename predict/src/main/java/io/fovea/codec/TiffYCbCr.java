package io.fovea.codec;

import io.fovea.codec.TiffDirectory.Entry;
import java.util.Optional;

/**
 * Luma and two differences of colour become red, green, blue.
 *
 * <p>R = Y + (2 − 2·r)·Cr, B = Y + (2 − 2·b)·Cb, G = (Y − r·R − b·B) / g, with Y, Cb and Cr from their codes by the file's reference
 * black and white. Symbols: r, g, b are the shares of red, green and blue in luma. Source: TIFF 6.0 (1992), section 21.
 *
 * @param shares    r, g, b
 * @param reference black and white of Y, Cb, Cr
 */
record TiffYCbCr(double[] shares, double[] reference) {

    private static final int COEFFICIENTS = 529;
    private static final int SUBSAMPLING = 530;
    private static final int REFERENCE_BLACK_WHITE = 532;

    static TiffYCbCr of(TiffDirectory directory) {
        return new TiffYCbCr(
                fractions(directory, COEFFICIENTS, 0.299, 0.587, 0.114),
                fractions(directory, REFERENCE_BLACK_WHITE, 0, 255, 128, 255, 128, 255));
    }

    private static double[] fractions(TiffDirectory directory, int tag, double... absent) {
        Optional<Entry> entry = directory.entry(tag).filter(found -> found.count() >= absent.length);
        if (entry.isEmpty()) return absent;
        double[] values = new double[absent.length];
        for (int i = 0; i < values.length; i++) values[i] = entry.orElseThrow().fraction(i);
        return values;
    }

    void convert(int luma, int blueness, int redness, int[] color) {
        double y = value(luma, 0, 255);
        double red = y + (2 - 2 * shares[0]) * value(redness, 4, 127);
        double blue = y + (2 - 2 * shares[2]) * value(blueness, 2, 127);
        color[0] = level(red);
        color[1] = level((y - shares[0] * red - shares[2] * blue) / shares[1]);
        color[2] = level(blue);
    }

    private double value(int code, int black, int range) {
        return (code - reference[black]) * range / (reference[black + 1] - reference[black]);
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    /** How many pixels share a difference of colour: across, down. */
    static int[] subsampling(TiffDirectory directory) {
        Optional<Entry> entry = directory.entry(SUBSAMPLING).filter(found -> found.count() >= 2);
        return entry.isEmpty()
                ? new int[] {2, 2}
                : new int[] {
                    (int) entry.orElseThrow().value(0),
                    (int) entry.orElseThrow().value(1)
                };
    }

    /** Bytes of {@code height} rows: units of across · down lumas, then Cb, then Cr. */
    static long length(int height, int width, int[] sharing) {
        long units = (long) ((height + sharing[1] - 1) / sharing[1]) * ((width + sharing[0] - 1) / sharing[0]);
        return units * (sharing[0] * sharing[1] + 2);
    }

    /** Returns [H, W, 3], every pixel with its own copy of the differences. */
    static byte[] expanded(byte[] units, int at, int height, int width, int[] sharing) {
        byte[] values = new byte[height * width * 3];
        int unitLength = sharing[0] * sharing[1] + 2;
        int across = (width + sharing[0] - 1) / sharing[0];
        for (int y = 0, to = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int unit = at + (y / sharing[1] * across + x / sharing[0]) * unitLength;
                values[to++] = units[unit + y % sharing[1] * sharing[0] + x % sharing[0]];
                values[to++] = units[unit + unitLength - 2];
                values[to++] = units[unit + unitLength - 1];
            }
        }
        return values;
    }
}
