package io.fovea.codec;

import io.fovea.codec.TiffDirectory.Entry;

/**
 * The strips or tiles that a TIFF picture is cut into, in reading order; if its channels lie apart, those of the first come first.
 *
 * @param layout  what the tags say
 * @param height  rows of each part; the last strip may have fewer
 * @param width   columns of each part; tiles may reach over the picture's edge
 * @param tiled   whether the parts are tiles, which are always whole
 * @param offsets where each part begins
 */
record TiffGrid(TiffLayout layout, int height, int width, boolean tiled, Entry offsets) {

    private static final int ROWS_PER_STRIP = 278;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;

    static TiffGrid of(TiffLayout layout) {
        TiffDirectory directory = layout.directory();
        PictureFile file = directory.file();
        boolean tiled = directory.entry(TILE_WIDTH).isPresent();
        long height = tiled
                ? directory.number(TILE_HEIGHT)
                : Math.min(directory.number(ROWS_PER_STRIP, layout.height()), layout.height());
        long width = tiled ? directory.number(TILE_WIDTH) : layout.width();
        file.needSize(height, width);
        Entry offsets = directory
                .entry(tiled ? TiffHeader.TILE_OFFSETS : TiffHeader.STRIP_OFFSETS)
                .orElseThrow(() -> file.damaged("a TIFF file that does not say where its pixels are"));
        TiffGrid grid = new TiffGrid(layout, (int) height, (int) width, tiled, offsets);
        long needed = (long) grid.count() * (layout.planar() ? layout.samples() : 1);
        if (offsets.count() < needed) {
            throw file.damaged("expected " + needed + " strips or tiles, found " + offsets.count());
        }
        return grid;
    }

    /** Parts of the picture, of each channel if they lie apart. */
    int count() {
        return across() * ((layout.height() + height - 1) / height);
    }

    private int across() {
        return (layout.width() + width - 1) / width;
    }

    int top(int part) {
        return part / across() * height;
    }

    int left(int part) {
        return part % across() * width;
    }

    /** Rows that a part stores. */
    int rows(int part) {
        return tiled ? height : Math.min(height, layout.height() - top(part));
    }

    long offset(int segment) {
        return offsets.value(segment);
    }

    /** Stored bytes; a file that does not say lets each part go on to the file's end. */
    long length(int segment) {
        return layout.directory()
                .entry(tiled ? TiffHeader.TILE_LENGTHS : TiffHeader.STRIP_LENGTHS)
                .filter(lengths -> lengths.count() > segment)
                .map(lengths -> lengths.value(segment))
                .orElse(Math.max(0, layout.directory().file().length() - offset(segment)));
    }
}
