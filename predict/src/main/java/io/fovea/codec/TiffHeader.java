package io.fovea.codec;

import io.fovea.codec.TiffDirectory.Entry;
import java.util.Optional;

/**
 * The header of a TIFF file's first picture.
 *
 * <p>Source: TIFF 6.0 (1992), sections 3 and 15.
 */
final class TiffHeader {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int XMP = 700;
    static final int STRIP_OFFSETS = 273;
    static final int STRIP_LENGTHS = 279;
    static final int TILE_OFFSETS = 324;
    static final int TILE_LENGTHS = 325;

    private TiffHeader() {}

    static PictureHeader read(PictureFile file) {
        TiffDirectory directory = directory(file);
        long width = directory.number(WIDTH);
        long height = directory.number(HEIGHT);
        file.needSize(height, width);
        needData(directory, STRIP_OFFSETS, STRIP_LENGTHS);
        needData(directory, TILE_OFFSETS, TILE_LENGTHS);
        Orientation orientation = directory
                .entry(TiffDirectory.ORIENTATION)
                .map(entry -> Orientation.of((int) entry.value(0)))
                .or(() -> directory.entry(XMP).flatMap(XmpOrientation::in))
                .orElse(Orientation.UPRIGHT);
        return new PictureHeader(PictureFormat.TIFF, (int) height, (int) width, orientation);
    }

    /**
     * Returns the bytes of the file with its orientation set to upright.
     *
     * <p>libtiff turns some kinds of pictures by itself, some halfway and some not at all; so it never learns that there is
     * anything to turn.
     */
    static byte[] asStored(PictureFile file) {
        Optional<Entry> orientation = directory(file).entry(TiffDirectory.ORIENTATION);
        if (orientation.isEmpty()) return file.bytes();
        byte[] bytes = file.bytes().clone();
        Entry entry = orientation.orElseThrow();
        int low = (int) entry.valueAt() + (entry.directory().endian() == PictureFile.Endian.BIG ? entry.size() - 1 : 0);
        bytes[low] = 1;
        return bytes;
    }

    /** Returns the directory of the first picture. */
    static TiffDirectory directory(PictureFile file) {
        return TiffDirectory.at(file, 0).orElseThrow();
    }

    private static void needData(TiffDirectory directory, int offsets, int lengths) {
        if (directory.entry(offsets).isEmpty() || directory.entry(lengths).isEmpty()) return;
        Entry at = directory.entry(offsets).orElseThrow();
        Entry length = directory.entry(lengths).orElseThrow();
        for (long i = 0; i < Math.min(at.count(), length.count()); i++) {
            directory.file().need(at.value(i), length.value(i));
        }
    }
}
