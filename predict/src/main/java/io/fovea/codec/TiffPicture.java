package io.fovea.codec;

import io.fovea.codec.TiffLayout.Meaning;
import io.fovea.image.Pixels;

/**
 * Decodes the first picture of a TIFF file, strip by strip or tile by tile.
 *
 * <p>Own code, because OpenCV and libtiff's simple interface read some combinations of tags as if they were others: planes of 16
 * bits as if interleaved, white as black, any fourth sample as alpha. Only faxes (compressions 2 to 4) are left to them.
 *
 * <p>Source: TIFF 6.0 (1992), sections 3, 9 and 15.
 */
final class TiffPicture {

    private static final int FAX = 2;
    private static final int LAST_FAX = 4;

    private final PictureFile file;
    private final TiffLayout layout;
    private final TiffGrid grid;
    private final TiffCompression compression;
    private final TiffColors colors;
    private final byte[] values;

    private TiffPicture(PictureFile file, TiffLayout layout) {
        this.file = file;
        this.layout = layout;
        this.grid = TiffGrid.of(layout);
        this.compression = TiffCompression.of(layout, grid);
        this.colors = TiffColors.of(layout, compression.givesRgb());
        this.values = new byte[layout.height() * layout.width() * 3];
    }

    /** Returns the picture as stored, [H, W, 3]; alpha laid on white. */
    static Pixels read(PictureFile file, PictureHeader header) {
        TiffLayout layout = TiffLayout.read(file, header);
        if (layout.compression() >= FAX && layout.compression() <= LAST_FAX) return fax(file, header, layout);
        TiffPicture picture = new TiffPicture(file, layout);
        for (int part = 0; part < picture.grid.count(); part++) picture.decode(part);
        return new Pixels(layout.height(), layout.width(), 3, picture.values);
    }

    private static Pixels fax(PictureFile file, PictureHeader header, TiffLayout layout) {
        boolean grey = layout.meaning() == Meaning.WHITE_IS_ZERO || layout.meaning() == Meaning.BLACK_IS_ZERO;
        if (layout.bits() != 1 || layout.samples() != 1 || !grey) {
            throw TiffLayout.refused(
                    layout.directory(),
                    "black and white in a fax",
                    layout.samples() + " samples of " + layout.bits() + " bits");
        }
        PictureFile stored = new PictureFile(TiffHeader.asStored(file), file.name(), file.limits());
        return OpenCvDecoder.decode(stored, header);
    }

    /** Decodes a strip or tile, of which every channel may lie in a place of its own. */
    private void decode(int part) {
        int planes = layout.planar() ? layout.samples() : 1;
        TiffSamples[] data = new TiffSamples[planes];
        for (int plane = 0; plane < planes; plane++) data[plane] = samples(plane * grid.count() + part, part);
        int top = grid.top(part);
        int left = grid.left(part);
        int columns = Math.min(grid.width(), layout.width() - left);
        int[] row = new int[columns * layout.samples()];
        for (int y = 0; y < Math.min(grid.height(), layout.height() - top); y++) {
            for (int plane = 0; plane < planes; plane++) data[plane].row(y, row, plane, planes);
            colors.write(row, columns, values, ((top + y) * layout.width() + left) * 3);
        }
    }

    private TiffSamples samples(int segment, int part) {
        int perPixel = layout.planar() ? 1 : layout.samples();
        return compression.samples(file, segment, grid.rows(part), perPixel);
    }
}
