package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;

/**
 * The unpacked samples of a strip or tile; rows begin at whole bytes.
 *
 * @param bytes     where they lie
 * @param at        the first byte
 * @param rowLength bytes of a row
 * @param perPixel  samples of each pixel here
 * @param bits      bits of each sample
 * @param endian    the order of bytes in samples of 16 bits; others are filled from the highest bit on
 */
record TiffSamples(byte[] bytes, int at, int rowLength, int perPixel, int bits, Endian endian) {

    /** Writes a row's samples to every {@code step / perPixel}-th place of {@code row}, beginning with {@code first}. */
    void row(int y, int[] row, int first, int step) {
        int from = at + y * rowLength;
        int count = (row.length - first + step - 1) / step;
        for (int i = 0, to = first; i < count; i++, to += step) row[to] = sample(from, i);
    }

    private int sample(int from, int i) {
        if (bits == 8) return bytes[from + i] & 0xff;
        if (bits == 16) {
            int one = bytes[from + 2 * i] & 0xff;
            int two = bytes[from + 2 * i + 1] & 0xff;
            return endian == Endian.BIG ? one << 8 | two : two << 8 | one;
        }
        int value = 0;
        long bit = (long) i * bits;
        for (int b = 0; b < bits; b++, bit++) {
            value = value << 1 | bytes[from + (int) (bit / 8)] >> 7 - (int) (bit % 8) & 1;
        }
        return value;
    }
}
