package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;
import java.util.Optional;

/**
 * The frame of a JPEG file: markers and segments from start to end, without decoding.
 *
 * <p>A file without the end marker is cut off: its lower part would decode as grey.
 *
 * <p>Source: ITU-T T.81 (1992), annex B.
 */
final class JpegHeader {

    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int APPLICATION_1 = 0xe1;
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";

    private JpegHeader() {}

    static PictureHeader read(PictureFile file) {
        int height = 0;
        int width = 0;
        Optional<Orientation> exif = Optional.empty();
        Optional<Orientation> xmp = Optional.empty();
        boolean scanned = false;
        int at = 2;
        while (true) {
            at = markerFrom(file, at);
            int marker = file.byteAt(at - 1);
            if (marker == END_OF_IMAGE) break;
            if (standsAlone(marker)) continue;
            int length = file.shortAt(at, Endian.BIG);
            if (length < 2) throw file.damaged("a JPEG segment of length " + length);
            if (isFrame(marker)) {
                height = file.shortAt(at + 3, Endian.BIG);
                width = file.shortAt(at + 5, Endian.BIG);
                file.needSize(height, width);
            }
            if (marker == APPLICATION_1 && exif.isEmpty() && file.holds("Exif\0", at + 2)) {
                exif = TiffDirectory.orientation(file, at + 8, at + length);
            }
            if (marker == APPLICATION_1 && xmp.isEmpty() && file.holds(XMP, at + 2)) {
                xmp = XmpOrientation.in(file, at + 2 + XMP.length(), at + length);
            }
            at += length;
            if (marker == START_OF_SCAN) {
                scanned = true;
                at = endOfScan(file, at);
            }
        }
        if (!scanned || height == 0) throw file.damaged("a JPEG file without a picture");
        return new PictureHeader(PictureFormat.JPEG, height, width, exif.orElse(xmp.orElse(Orientation.UPRIGHT)));
    }

    /** Returns the place after the next marker's two bytes; stray bytes between segments are skipped, as decoders do. */
    private static int markerFrom(PictureFile file, int from) {
        int at = from;
        while (file.byteAt(at) != 0xff) at++;
        while (file.byteAt(at) == 0xff) at++;
        return at + 1;
    }

    static boolean standsAlone(int marker) {
        return marker <= 0x01 || marker >= 0xd0 && marker <= 0xd8;
    }

    /** SOF0 to SOF15, but for the three numbers in between that mean tables. */
    static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** Within coded data, 255 is followed by 0 or by a restart marker; anything else ends the scan. */
    private static int endOfScan(PictureFile file, int from) {
        byte[] bytes = file.bytes();
        for (int at = JpegBits.next255(bytes, from); at + 1 < bytes.length; at = JpegBits.next255(bytes, at + 1)) {
            int next = bytes[at + 1] & 0xff;
            if (next != 0 && next != 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
        }
        throw file.cutOff();
    }
}
