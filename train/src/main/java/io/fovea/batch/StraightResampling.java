package io.fovea.batch;

/**
 * Moves the pixels of a picture by an {@link AffineMap} that keeps rows rows and columns columns: windows, flips, shifts, scales.
 *
 * <p>Columns have the same places in all rows, and two rows that follow one another mostly lie between the same two of the picture, so
 * each row of the picture is stretched once, then rows are blended. The bytes are those that {@link AffineResampling} would give.
 *
 * <p>Cost: H·W·C integer multiplications for the blending and at most as many for the stretching. Holds scratch memory; not for several
 * threads.
 */
final class StraightResampling {

    private static final int COLOURS = 3;

    private final int height;
    private final int width;
    private final int channels;
    private final int rowBytes;
    private final int[] left; // [W] offset in a row of the pixel to the left of each place
    private final int[] right; // [W] weight of the pixel that follows it
    private final int[][] stretched; // rows of the picture times 2048, even ones in the first, odd ones in the second
    private final int[] stretchedRow = new int[2];

    /** For pictures of one channel or three. */
    StraightResampling(int height, int width, int channels) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.rowBytes = width * channels;
        this.left = new int[width];
        this.right = new int[width];
        this.stretched = new int[2][rowBytes];
    }

    /** Writes the picture [H, W, C] that {@code original} starts with to {@code pixels}; {@code original} has a row and a pixel more. */
    void apply(AffineMap map, byte[] original, byte[] pixels, int offset) {
        boolean wholeColumns = placeColumns(map);
        stretchedRow[0] = -1;
        stretchedRow[1] = -1;
        for (int y = 0; y < height; y++) {
            long from =
                    FixedPoint.inside(FixedPoint.of(map.inputY(0.5, y + 0.5) - 0.5) + FixedPoint.HALF_A_WEIGHT, height);
            int row = FixedPoint.pixel(from);
            int down = FixedPoint.weight(from);
            int to = offset + y * rowBytes;
            if (wholeColumns && down == 0) copy(original, row * rowBytes, pixels, to);
            else blend(stretched(original, row), stretched(original, row + 1), down, pixels, to);
        }
    }

    /** Returns whether every column is one of the picture's. */
    private boolean placeColumns(AffineMap map) {
        int weights = 0;
        long step = FixedPoint.of(map.xAlongRow());
        long from = FixedPoint.of(map.inputX(0.5, 0.5) - 0.5) + FixedPoint.HALF_A_WEIGHT;
        for (int x = 0; x < width; x++, from += step) {
            long inside = FixedPoint.inside(from, width);
            left[x] = FixedPoint.pixel(inside) * channels;
            right[x] = FixedPoint.weight(inside);
            weights |= right[x];
        }
        return weights == 0;
    }

    private void copy(byte[] original, int row, byte[] pixels, int to) {
        if (channels == COLOURS) {
            for (int x = 0; x < width; x++, to += COLOURS) {
                int from = row + left[x];
                pixels[to] = original[from];
                pixels[to + 1] = original[from + 1];
                pixels[to + 2] = original[from + 2];
            }
        } else {
            for (int x = 0; x < width; x++) pixels[to + x] = original[row + left[x]];
        }
    }

    /** Returns a row of the picture with its columns in place; neighbours never share their memory. */
    private int[] stretched(byte[] original, int row) {
        int[] values = stretched[row & 1];
        if (stretchedRow[row & 1] == row) return values;
        stretchedRow[row & 1] = row;
        stretch(original, row * rowBytes, values);
        return values;
    }

    private void stretch(byte[] original, int row, int[] values) {
        if (channels == COLOURS) {
            for (int x = 0, to = 0; x < width; x++, to += COLOURS) {
                int from = row + left[x];
                int weight = right[x];
                values[to] = FixedPoint.between(original[from], original[from + 3], weight);
                values[to + 1] = FixedPoint.between(original[from + 1], original[from + 4], weight);
                values[to + 2] = FixedPoint.between(original[from + 2], original[from + 5], weight);
            }
        } else {
            for (int x = 0; x < width; x++) {
                int from = row + left[x];
                values[x] = FixedPoint.between(original[from], original[from + 1], right[x]);
            }
        }
    }

    private void blend(int[] upper, int[] lower, int down, byte[] pixels, int to) {
        for (int i = 0; i < rowBytes; i++) pixels[to + i] = FixedPoint.rounded(upper[i], lower[i], down);
    }
}
