package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file, their checksums compared.
 *
 * <p>Source: W3C PNG specification, third edition (2025), section 5.
 */
final class PngHeader {

    private static final int FIRST_CHUNK = 8;

    private PngHeader() {}

    static PictureHeader read(PictureFile file) {
        if (!file.holds("IHDR", FIRST_CHUNK + 4)) throw file.damaged("a PNG file without its header");
        long width = file.intAt(FIRST_CHUNK + 8, Endian.BIG);
        long height = file.intAt(FIRST_CHUNK + 12, Endian.BIG);
        file.needSize(height, width);
        PngOrientation orientation = new PngOrientation(file);
        long at = FIRST_CHUNK;
        while (true) {
            long length = file.intAt(at, Endian.BIG);
            file.need(at, length + 12);
            int data = (int) at + 8;
            checkSum(file, data, (int) length);
            if (file.holds("IEND", at + 4)) break;
            orientation.take(data, (int) length);
            at += length + 12;
        }
        return new PictureHeader(PictureFormat.PNG, (int) height, (int) width, orientation.found());
    }

    /** Chunks that a decoder may ignore begin with a small letter; damage there does not reach the picture. */
    private static void checkSum(PictureFile file, int data, int length) {
        if (Character.isLowerCase(file.byteAt(data - 4))) return;
        CRC32 sum = new CRC32();
        sum.update(file.bytes(), data - 4, length + 4);
        if (sum.getValue() != file.intAt((long) data + length, Endian.BIG)) {
            throw file.damaged("the checksum of PNG chunk " + file.text(data - 4, 4) + " at byte " + (data - 8)
                    + " does not fit its data");
        }
    }
}
