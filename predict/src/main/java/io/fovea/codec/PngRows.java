package io.fovea.codec;

import io.fovea.image.Pixels;

/**
 * PNG's filters: a row is stored as differences to what stands left of and above each byte.
 *
 * <p>For each row the filter with the smallest sum of absolute differences is taken, the specification's advice.
 *
 * <p>Symbols: a is the byte one pixel to the left, b the one above, c the one above a; 0 outside the picture.
 * Source: W3C PNG specification, third edition (2025), sections 9 and 12.7.
 */
final class PngRows {

    /** Filters are numbered 0 to 4. */
    static final int FILTERS = 5;

    private PngRows() {}

    /** Returns H rows, each a filter number and W·C bytes. */
    static byte[] filtered(Pixels picture) {
        int channels = picture.channels();
        int rowLength = picture.width() * channels;
        byte[] out = new byte[picture.height() * (rowLength + 1)];
        byte[] trial = new byte[rowLength];
        // A pixel of zeros goes before each row, as the filters see it.
        byte[] above = new byte[channels + rowLength];
        byte[] current = new byte[channels + rowLength];
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(picture.values(), y * rowLength, current, channels, rowLength);
            int to = y * (rowLength + 1);
            long least = Long.MAX_VALUE;
            for (int filter = 0; filter < FILTERS; filter++) {
                long sum = filter(filter, current, above, channels, trial, least);
                if (sum >= least) continue;
                least = sum;
                out[to] = (byte) filter;
                System.arraycopy(trial, 0, out, to + 1, rowLength);
            }
            byte[] read = above;
            above = current;
            current = read;
        }
        return out;
    }

    /** Returns the H·W·C bytes whose filtered rows these are. */
    static byte[] restored(byte[] rows, int rowLength, int channels) {
        int height = rows.length / (rowLength + 1);
        byte[] values = new byte[height * rowLength];
        for (int y = 0; y < height; y++) {
            int from = y * (rowLength + 1);
            int to = y * rowLength;
            System.arraycopy(rows, from + 1, values, to, rowLength);
            if (rows[from] != 0) restore(rows[from], values, to, rowLength, channels);
        }
        return values;
    }

    /** Adds to each byte of the row at {@code row} what its filter predicted; {@code distance} bytes make a pixel. */
    static void restore(int filter, byte[] values, int row, int rowLength, int distance) {
        int end = row + rowLength;
        int second = Math.min(end, row + distance);
        switch (filter) {
            case 0 -> {}
            case 1 -> {
                for (int at = second; at < end; at++) values[at] += values[at - distance];
            }
            case 2 -> {
                if (row == 0) return;
                for (int at = row; at < end; at++) values[at] += values[at - rowLength];
            }
            default -> {
                for (int at = row; at < end; at++) {
                    int a = at < second ? 0 : values[at - distance] & 0xff;
                    int b = row == 0 ? 0 : values[at - rowLength] & 0xff;
                    int c = at < second || row == 0 ? 0 : values[at - rowLength - distance] & 0xff;
                    values[at] += (byte) (filter == 3 ? (a + b) / 2 : paeth(a, b, c));
                }
            }
        }
    }

    /** Returns the sum of absolute differences, or a part of it that is no less than {@code least} already: what charts repeat costs little so. */
    private static long filter(int filter, byte[] current, byte[] above, int channels, byte[] out, long least) {
        long sum = 0;
        switch (filter) {
            case 0 -> {
                for (int i = 0; i < out.length && sum < least; i++) {
                    out[i] = current[i + channels];
                    sum += Math.abs(out[i]);
                }
            }
            case 1 -> {
                for (int i = 0; i < out.length && sum < least; i++) {
                    out[i] = (byte) (current[i + channels] - current[i]);
                    sum += Math.abs(out[i]);
                }
            }
            case 2 -> {
                for (int i = 0; i < out.length && sum < least; i++) {
                    out[i] = (byte) (current[i + channels] - above[i + channels]);
                    sum += Math.abs(out[i]);
                }
            }
            case 3 -> {
                for (int i = 0; i < out.length && sum < least; i++) {
                    int mean = ((current[i] & 0xff) + (above[i + channels] & 0xff)) / 2;
                    out[i] = (byte) (current[i + channels] - mean);
                    sum += Math.abs(out[i]);
                }
            }
            default -> {
                for (int i = 0; i < out.length && sum < least; i++) {
                    int nearest = paeth(current[i] & 0xff, above[i + channels] & 0xff, above[i] & 0xff);
                    out[i] = (byte) (current[i + channels] - nearest);
                    sum += Math.abs(out[i]);
                }
            }
        }
        return sum;
    }

    /** Whichever of a, b, c is nearest to a + b − c; a before b before c. */
    private static int paeth(int a, int b, int c) {
        int toA = Math.abs(b - c);
        int toB = Math.abs(a - c);
        int toC = Math.abs(a + b - 2 * c);
        if (toA <= toB && toA <= toC) return a;
        return toB <= toC ? b : c;
    }
}
