package io.fovea.codec;

import java.util.Arrays;

/**
 * The run-length encoding of bitmaps with 4 or 8 bits per pixel.
 *
 * <p>Pairs of bytes: a length and what is repeated; or 0 and a command: end of row, end of bitmap, a step right and down, or so
 * many pixels as they are. What no run reaches has the first colour of the palette. Runs past the end of a row are cut there.
 *
 * <p>Source: Microsoft, Bitmap Compression.
 */
final class BitmapRuns {

    private static final int END_OF_ROW = 0;
    private static final int END_OF_BITMAP = 1;
    private static final int STEP = 2;

    private final PictureFile file;
    private final int width;
    private final boolean nibbles;
    private final byte[] indices;
    private int at;
    private int x;
    private long y;

    private BitmapRuns(PictureFile file, int at, int height, int width, boolean nibbles) {
        this.file = file;
        this.at = at;
        this.width = width;
        this.nibbles = nibbles;
        this.indices = new byte[height * width];
    }

    /** Returns [H, W] indices, rows in the order of the file. */
    static byte[] indices(PictureFile file, int dataAt, int height, int width, boolean nibbles) {
        BitmapRuns runs = new BitmapRuns(file, dataAt, height, width, nibbles);
        while (runs.isInside(height)) runs.next();
        return runs.indices;
    }

    private boolean isInside(int height) {
        return y < height - 1 || y == height - 1 && x < width;
    }

    private void next() {
        int count = next8();
        if (count > 0) {
            repeat(count, next8());
            return;
        }
        int command = next8();
        switch (command) {
            case END_OF_ROW -> {
                x = 0;
                y++;
            }
            case END_OF_BITMAP -> y = Long.MAX_VALUE;
            case STEP -> {
                x = Math.min(width, x + next8());
                y += next8();
            }
            default -> copy(command);
        }
    }

    private int next8() {
        return file.byteAt(at++);
    }

    private void repeat(int count, int what) {
        if (!nibbles) {
            int end = Math.min(width, x + count);
            Arrays.fill(indices, (int) y * width + x, (int) y * width + end, (byte) what);
            x = end;
            return;
        }
        for (int i = 0; i < count; i++) put(nibble(what, i));
    }

    /** Pixels as they are, padded to 16 bits. */
    private void copy(int count) {
        int length = nibbles ? (count + 1) / 2 : count;
        for (int i = 0; i < count; i++) {
            put(nibbles ? nibble(file.byteAt(at + i / 2), i) : file.byteAt(at + i));
        }
        at += length + length % 2;
    }

    private static int nibble(int pair, int i) {
        return i % 2 == 0 ? pair >> 4 : pair & 15;
    }

    private void put(int index) {
        if (x < width) indices[(int) y * width + x++] = (byte) index;
    }
}
