package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;
import java.util.Optional;

/**
 * The chunks of a WebP file, in its lossy, lossless and extended forms.
 *
 * <p>Source: RFC 9649 (2024), section 2; RFC 6386 (2011), section 9.1, for the lossy frame.
 */
final class WebpHeader {

    private static final int FIRST_CHUNK = 12;

    private WebpHeader() {}

    static PictureHeader read(PictureFile file) {
        int data = FIRST_CHUNK + 8;
        file.need(data, 10);
        return switch (file.text(FIRST_CHUNK, 4)) {
            case "VP8 " ->
                header(
                        file,
                        file.shortAt(data + 8, Endian.LITTLE) & 0x3fff,
                        file.shortAt(data + 6, Endian.LITTLE) & 0x3fff);
            case "VP8L" -> {
                long sizes = file.intAt(data + 1, Endian.LITTLE);
                yield header(file, (sizes >> 14 & 0x3fff) + 1, (sizes & 0x3fff) + 1);
            }
            case "VP8X" ->
                header(
                        file,
                        (file.intAt(data + 6, Endian.LITTLE) >> 8) + 1,
                        (file.intAt(data + 4, Endian.LITTLE) & 0xffffff) + 1);
            default -> throw file.damaged("a WebP file that begins with chunk " + file.text(FIRST_CHUNK, 4));
        };
    }

    private static PictureHeader header(PictureFile file, long height, long width) {
        file.needSize(height, width);
        file.need(8, file.intAt(4, Endian.LITTLE));
        return new PictureHeader(PictureFormat.WEBP, (int) height, (int) width, orientation(file));
    }

    private static Orientation orientation(PictureFile file) {
        Optional<Orientation> exif = Optional.empty();
        Optional<Orientation> xmp = Optional.empty();
        long at = FIRST_CHUNK;
        while (at + 8 <= file.length()) {
            long length = file.intAt(at + 4, Endian.LITTLE);
            long end = at + 8 + length;
            if (exif.isEmpty() && file.holds("EXIF", at)) exif = TiffDirectory.orientation(file, at + 8, end);
            if (xmp.isEmpty() && file.holds("XMP ", at)) xmp = XmpOrientation.in(file, at + 8, end);
            at = end + length % 2;
        }
        return exif.orElse(xmp.orElse(Orientation.UPRIGHT));
    }
}
