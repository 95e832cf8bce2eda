package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;
import io.fovea.image.Pixels;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the plain kind of PNG that {@link PngWriter} writes and most programs do: 8-bit grey or RGB, rows in order, opaque.
 *
 * <p>Beside {@link PngPicture}, which reads all kinds, because such files are the most and this is faster.
 *
 * <p>Source: W3C PNG specification, third edition (2025), sections 5, 9 and 10.
 */
final class PlainPng {

    static final int FIRST_CHUNK = 8;
    private static final int KIND = FIRST_CHUNK + 8 + 8; // depth, colour type, compression, filter, interlace

    private PlainPng() {}

    /** Whether a PNG file, whose chunks have been checked, is of the plain kind. */
    static boolean is(PictureFile file) {
        boolean grey = file.holds("\u0008\0\0\0\0", KIND);
        boolean color = file.holds("\u0008\u0002\0\0\0", KIND);
        return (grey || color) && find(file, "tRNS", FIRST_CHUNK) < 0;
    }

    /** Returns the picture as stored. */
    static Pixels read(PictureFile file, PictureHeader header) {
        int channels = file.byteAt(KIND + 1) == 0 ? 1 : 3;
        int rowLength = header.width() * channels;
        byte[] rows = inflated(file, new byte[header.height() * (rowLength + 1)]);
        for (int at = 0; at < rows.length; at += rowLength + 1) {
            if (rows[at] < 0 || rows[at] >= PngRows.FILTERS) throw file.damaged("an unknown PNG filter " + rows[at]);
        }
        return new Pixels(header.height(), header.width(), channels, PngRows.restored(rows, rowLength, channels));
    }

    /** Returns {@code rows} filled from all data chunks, which together are one compressed stream. */
    private static byte[] inflated(PictureFile file, byte[] rows) {
        Inflater inflater = new Inflater();
        try {
            int filled = 0;
            for (long at = find(file, "IDAT", FIRST_CHUNK); at >= 0; at = find(file, "IDAT", next(file, at))) {
                inflater.setInput(file.bytes(), (int) at + 8, (int) file.intAt(at, Endian.BIG));
                while (!inflater.needsInput() && !inflater.finished() && filled < rows.length) {
                    filled += inflater.inflate(rows, filled, rows.length - filled);
                    if (inflater.needsDictionary()) throw file.damaged("PNG data that needs a dictionary");
                }
            }
            if (filled < rows.length) throw file.damaged("PNG data for " + filled + " of " + rows.length + " bytes");
            return rows;
        } catch (DataFormatException failure) {
            throw file.damaged("PNG data that cannot be unpacked (" + failure.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }

    /** Returns where the next chunk of this kind begins, from {@code at} on; −1 if there is none before the end. */
    static long find(PictureFile file, String kind, long at) {
        long chunk = at;
        while (!file.holds(kind, chunk + 4)) {
            if (file.holds("IEND", chunk + 4)) return -1;
            chunk = next(file, chunk);
        }
        return chunk;
    }

    /** Returns where the chunk behind this one begins. */
    static long next(PictureFile file, long chunk) {
        return chunk + 12 + file.intAt(chunk, Endian.BIG);
    }
}
