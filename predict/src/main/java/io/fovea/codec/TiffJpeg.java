package io.fovea.codec;

import java.io.ByteArrayOutputStream;

/**
 * A strip or tile of a TIFF file that is a JPEG picture, its tables possibly kept for all of them in one place.
 *
 * <p>Source: Adobe, TIFF Technical Note 2 (1995).
 */
final class TiffJpeg {

    private static final int TABLES = 347;

    private TiffJpeg() {}

    /** Returns [rows, W, perPixel] samples. */
    static byte[] samples(TiffLayout layout, int at, int length, int rows, int width, int perPixel) {
        PictureFile file = layout.directory().file();
        if (length < 4 || !file.holds("\u00ff\u00d8", at)) throw file.damaged("a TIFF part that is no JPEG");
        PictureFile jpeg = new PictureFile(whole(layout, at, length, perPixel), file.name(), file.limits());
        PictureHeader header = JpegHeader.read(jpeg);
        if (header.width() != width || header.height() < rows) {
            throw file.damaged("expected a JPEG of " + width + "x" + rows + " pixels in it, found " + header.width()
                    + "x" + header.height());
        }
        byte[] colors = OpenCvDecoder.decode(JpegCheck.whole(jpeg), header).values();
        if (perPixel == 3) return colors;
        byte[] grey = new byte[colors.length / 3];
        for (int i = 0; i < grey.length; i++) grey[i] = colors[3 * i];
        return grey;
    }

    /** Puts the tables in front, and what the TIFF's tags say about the colours. */
    private static byte[] whole(TiffLayout layout, int at, int length, int perPixel) {
        PictureFile file = layout.directory().file();
        if (layout.meaning() == TiffLayout.Meaning.RGB && perPixel == 3 && file.holds("JFIF\0", at + 6)) {
            throw file.damaged("a JPEG in it has YCbCr where RGB belongs");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 1024);
        out.write(0xff);
        out.write(0xd8);
        int transform = layout.meaning() == TiffLayout.Meaning.YCBCR ? 1 : 0;
        byte[] adobe = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
        if (perPixel == 3) out.write(adobe, 0, adobe.length);
        layout.directory().entry(TABLES).ifPresent(tables -> {
            file.need(tables.valueAt(), tables.count());
            // Without the markers of start and end.
            if (tables.count() > 4) out.write(file.bytes(), (int) tables.valueAt() + 2, (int) tables.count() - 4);
        });
        out.write(file.bytes(), at + 2, length - 2);
        return out.toByteArray();
    }
}
