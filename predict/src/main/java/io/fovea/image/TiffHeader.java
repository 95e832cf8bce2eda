package io.fovea.image;

import io.fovea.image.TiffDirectory.Entry;

/**
 * The header of a TIFF file's first picture.
 *
 * <p>Source: TIFF 6.0 (1992), sections 3 and 15.
 */
final class TiffHeader {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;

    private TiffHeader() {}

    static PictureHeader read(PictureFile file) {
        TiffDirectory directory = directory(file);
        long width = number(directory, WIDTH);
        long height = number(directory, HEIGHT);
        file.needSize(height, width);
        needData(directory, STRIP_OFFSETS, STRIP_LENGTHS);
        needData(directory, TILE_OFFSETS, TILE_LENGTHS);
        Orientation orientation = directory
                .entry(TiffDirectory.ORIENTATION)
                .map(entry -> Orientation.of((int) entry.value(0)))
                .orElse(Orientation.UPRIGHT);
        return new PictureHeader(PictureFormat.TIFF, (int) height, (int) width, orientation);
    }

    /**
     * Returns the file with its orientation set to upright.
     *
     * <p>libtiff turns some kinds of pictures by itself, some halfway and some not at all; so it never learns that there is
     * anything to turn.
     */
    static byte[] asStored(PictureFile file) {
        byte[] bytes = file.bytes().clone();
        Entry entry = directory(file).entry(TiffDirectory.ORIENTATION).orElseThrow();
        int low = (int) entry.valueAt() + (entry.directory().endian() == PictureFile.Endian.BIG ? entry.size() - 1 : 0);
        bytes[low] = 1;
        return bytes;
    }

    private static TiffDirectory directory(PictureFile file) {
        return TiffDirectory.at(file, 0).orElseThrow();
    }

    private static long number(TiffDirectory directory, int tag) {
        return directory
                .entry(tag)
                .orElseThrow(() -> directory.file().damaged("a TIFF file without tag " + tag))
                .value(0);
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
