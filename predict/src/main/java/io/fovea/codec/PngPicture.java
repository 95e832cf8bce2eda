package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;
import io.fovea.image.Pixels;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes every kind of PNG: 1 to 16 bits, grey, colours, palette, with alpha or one clear colour, interlaced or not.
 *
 * <p>Own code, because libpng writes what it thinks of a file to the standard error of the process. One row at a time is unpacked,
 * restored, and written to its place.
 *
 * <p>Source: W3C PNG specification, third edition (2025), sections 8 to 11.
 */
final class PngPicture {

    private static final int IHDR_DATA = 16;

    /** First column, first row, step right, step down of each pass; the last is all of a picture without passes. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}, {0, 0, 1, 1}
    };

    private static final int NO_PASSES = 7;

    private final PictureFile file;
    private final int height;
    private final int width;
    private final PngColors colors;
    private final PngColors.Reading reading;
    private final byte[] values;
    private final Inflater inflater = new Inflater();
    private long dataAt;

    private PngPicture(PictureFile file, PictureHeader header, PngColors.Reading reading) {
        this.file = file;
        this.reading = reading;
        this.height = header.height();
        this.width = header.width();
        this.colors = PngColors.of(file);
        this.values = new byte[height * width * 3];
        this.dataAt = PlainPng.find(file, "IDAT", PlainPng.FIRST_CHUNK);
    }

    /** Returns the picture as stored, [H, W, 3]; alpha laid on white. */
    static Pixels read(PictureFile file, PictureHeader header) {
        return read(file, header, PngColors.Reading.COLORS);
    }

    /** Returns the samples of a grey or palette picture as stored, [H, W, 3]: lower byte, upper byte, 0. */
    static Pixels readNumbers(PictureFile file, PictureHeader header) {
        return read(file, header, PngColors.Reading.NUMBERS);
    }

    private static Pixels read(PictureFile file, PictureHeader header, PngColors.Reading reading) {
        PngPicture picture = new PngPicture(file, header, reading);
        try {
            int interlace = file.byteAt(IHDR_DATA + 12);
            if (interlace > 1) throw file.damaged("an unknown PNG interlacing " + interlace);
            if (interlace == 0) picture.pass(PASSES[NO_PASSES]);
            else for (int pass = 0; pass < NO_PASSES; pass++) picture.pass(PASSES[pass]);
        } catch (DataFormatException failure) {
            throw file.damaged("PNG data that cannot be unpacked (" + failure.getMessage() + ")");
        } finally {
            picture.inflater.end();
        }
        return new Pixels(picture.height, picture.width, 3, picture.values);
    }

    private void pass(int[] pass) throws DataFormatException {
        int columns = (width - pass[0] + pass[2] - 1) / pass[2];
        int rows = (height - pass[1] + pass[3] - 1) / pass[3];
        if (columns == 0 || rows == 0) return;
        int rowLength = (int) (((long) columns * colors.bitsPerPixel() + 7) / 8);
        int distance = Math.max(1, colors.bitsPerPixel() / 8);
        byte[] filter = new byte[1];
        byte[] two = new byte[2 * rowLength]; // the row above, and this one
        for (int row = 0; row < rows; row++) {
            System.arraycopy(two, rowLength, two, 0, rowLength);
            fill(filter, 0, 1);
            fill(two, rowLength, rowLength);
            if (filter[0] < 0 || filter[0] >= PngRows.FILTERS) {
                throw file.damaged("an unknown PNG filter " + filter[0]);
            }
            PngRows.restore(filter[0], two, rowLength, rowLength, distance);
            int at = ((pass[1] + row * pass[3]) * width + pass[0]) * 3;
            colors.write(two, rowLength, columns, values, at, pass[2] * 3, reading);
        }
    }

    /** Unpacks so many bytes; all data chunks together are one stream. */
    private void fill(byte[] out, int from, int count) throws DataFormatException {
        int filled = 0;
        while (filled < count) {
            int got = inflater.inflate(out, from + filled, count - filled);
            filled += got;
            if (got > 0) continue;
            if (inflater.finished() || inflater.needsDictionary() || dataAt < 0) {
                throw file.damaged("PNG data that ends before the picture is complete");
            }
            inflater.setInput(file.bytes(), (int) dataAt + 8, (int) file.intAt(dataAt, Endian.BIG));
            dataAt = PlainPng.find(file, "IDAT", PlainPng.next(file, dataAt));
        }
    }
}
