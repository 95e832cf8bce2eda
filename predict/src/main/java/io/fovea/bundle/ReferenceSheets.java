package io.fovea.bundle;

import io.fovea.codec.JpegWriter;
import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * How prepared pictures lie on sheets: in reading order, without gaps, as many in a row and as many rows as fit into
 * {@value #SIDE} pixels each (at most {@value #MOST} and at least one); the last sheet is only as high as it must be, a lone row only
 * as wide. So pictures of 28 by 28 lie 50 in a row, 2,500 on a sheet.
 *
 * <p>Grey sheets are PNG files, without loss; coloured ones JPEG files of quality {@value #QUALITY}.
 */
final class ReferenceSheets {

    private static final int SIDE = 1400;
    private static final int MOST = 50;
    private static final int QUALITY = 90;

    private final int height;
    private final int width;
    private final ColorMode colorMode;
    private final int columns;
    private final int rows;

    ReferenceSheets(Preprocessing preprocessing) {
        height = preprocessing.height();
        width = preprocessing.width();
        colorMode = preprocessing.colorMode();
        columns = Math.max(1, Math.min(MOST, SIDE / width));
        rows = Math.max(1, Math.min(MOST, SIDE / height));
    }

    /** Returns the entry that shows a reference. */
    String entry(int position) {
        String extension = colorMode == ColorMode.GREY ? "png" : "jpg";
        return String.format(Locale.ROOT, "%s%04d.%s", References.FOLDER, position / (columns * rows) + 1, extension);
    }

    /** Returns all sheets by their entries; pictures are asked for once each, in their order. */
    Map<String, byte[]> written(int count, IntFunction<Pixels> pictures) {
        Map<String, byte[]> sheets = new LinkedHashMap<>();
        for (int first = 0; first < count; first += columns * rows) {
            Pixels sheet = sheet(first, Math.min(columns * rows, count - first), pictures);
            byte[] file = colorMode == ColorMode.GREY ? PngWriter.bytes(sheet) : JpegWriter.bytes(sheet, QUALITY);
            sheets.put(entry(first), file);
        }
        return sheets;
    }

    private Pixels sheet(int first, int count, IntFunction<Pixels> pictures) {
        int channels = colorMode == ColorMode.GREY ? 1 : 3;
        int across = Math.min(columns, count) * width;
        int down = (count + columns - 1) / columns * height;
        byte[] values = new byte[across * down * channels];
        for (int i = 0; i < count; i++) {
            Pixels picture = pictures.apply(first + i);
            if (picture.height() != height || picture.width() != width || picture.channels() != channels) {
                throw new IllegalArgumentException("Reference " + (first + i) + " is a picture [" + picture.height()
                        + ", " + picture.width() + ", " + picture.channels() + "], expected [" + height + ", " + width
                        + ", " + channels + "]");
            }
            for (int y = 0; y < height; y++) {
                int to = ((i / columns * height + y) * across + i % columns * width) * channels;
                System.arraycopy(picture.values(), y * width * channels, values, to, width * channels);
            }
        }
        return new Pixels(down, across, channels, values);
    }

    /**
     * Cuts a reference out of its sheet.
     *
     * @throws IllegalArgumentException if the sheet is too small to show it
     */
    Pixels cut(Pixels sheet, int position) {
        int channels = sheet.channels();
        int place = position % (columns * rows);
        int x = place % columns * width;
        int y = place / columns * height;
        if (x + width > sheet.width() || y + height > sheet.height()) {
            throw new IllegalArgumentException("A sheet of " + sheet.width() + "x" + sheet.height()
                    + " pixels does not reach reference " + position);
        }
        byte[] values = new byte[width * height * channels];
        for (int row = 0; row < height; row++) {
            int from = ((y + row) * sheet.width() + x) * channels;
            System.arraycopy(sheet.values(), from, values, row * width * channels, width * channels);
        }
        return new Pixels(height, width, channels, values);
    }
}
