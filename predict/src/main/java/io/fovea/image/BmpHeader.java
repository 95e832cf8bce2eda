package io.fovea.image;

import io.fovea.image.PictureFile.Endian;

/**
 * The header of a Windows or OS/2 bitmap.
 *
 * <p>Source: Microsoft, BITMAPFILEHEADER, BITMAPCOREHEADER, BITMAPINFOHEADER.
 */
final class BmpHeader {

    private static final int UNCOMPRESSED = 0;
    private static final int BIT_FIELDS = 3;

    private BmpHeader() {}

    static PictureHeader read(PictureFile file) {
        long dataAt = file.intAt(10, Endian.LITTLE);
        boolean old = file.intAt(14, Endian.LITTLE) == 12;
        long width = old ? file.shortAt(18, Endian.LITTLE) : (int) file.intAt(18, Endian.LITTLE);
        // Below zero: rows from top to bottom.
        long height = old ? file.shortAt(20, Endian.LITTLE) : Math.abs((long) (int) file.intAt(22, Endian.LITTLE));
        file.needSize(height, width);
        long bits = file.shortAt(old ? 24 : 28, Endian.LITTLE);
        long compression = old ? UNCOMPRESSED : file.intAt(30, Endian.LITTLE);
        if (compression == UNCOMPRESSED || compression == BIT_FIELDS) {
            file.need(dataAt, (width * bits + 31) / 32 * 4 * height); // rows are padded to 32 bits
        }
        return new PictureHeader(PictureFormat.BMP, (int) height, (int) width, Orientation.UPRIGHT);
    }
}
