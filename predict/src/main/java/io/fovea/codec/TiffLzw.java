package io.fovea.codec;

/**
 * LZW as in TIFF: codes of 9 to 12 bits, highest bit first, longer by one bit one code early.
 *
 * <p>Source: TIFF 6.0 (1992), section 13.
 */
final class TiffLzw {

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int SHORTEST = 9;
    private static final int MOST_CODES = 4096;

    private TiffLzw() {}

    /** Fills {@code out} and returns how many bytes there were for it. */
    static int unpack(PictureFile file, byte[] bytes, int at, int length, byte[] out) {
        if (length > 1 && bytes[at] == 0 && (bytes[at + 1] & 1) == 1) {
            throw file.unsupported("Expected LZW of TIFF 6.0, found an older kind");
        }
        // The string of a code is a stretch of the output: where it was first written, and its length.
        int[] start = new int[MOST_CODES];
        int[] size = new int[MOST_CODES];
        int next = FIRST;
        int codeLength = SHORTEST;
        int previous = CLEAR;
        int to = 0;
        int lastStart = 0;
        long bit = 8L * at;
        long end = 8L * (at + length);
        while (to < out.length && bit + codeLength <= end) {
            int code = code(bytes, bit, codeLength);
            bit += codeLength;
            if (code == END) break;
            if (code == CLEAR) {
                next = FIRST;
                codeLength = SHORTEST;
                previous = CLEAR;
                continue;
            }
            if (code > next || code == next && previous == CLEAR) throw file.damaged("an unknown LZW code " + code);
            int from = to;
            if (previous != CLEAR && next < MOST_CODES) {
                // The string before, and the first byte of this one, which is written right behind it.
                start[next] = lastStart;
                size[next] = from - lastStart + 1;
                next++;
            }
            if (code < CLEAR) out[to++] = (byte) code;
            else for (int i = 0; i < size[code] && to < out.length; i++) out[to++] = out[start[code] + i];
            lastStart = from;
            previous = code;
            if (next >= (1 << codeLength) - 1 && codeLength < 12) codeLength++;
        }
        return to;
    }

    private static int code(byte[] bytes, long bit, int length) {
        int at = (int) (bit >> 3);
        int window = (bytes[at] & 0xff) << 16;
        if (at + 1 < bytes.length) window |= (bytes[at + 1] & 0xff) << 8;
        if (at + 2 < bytes.length) window |= bytes[at + 2] & 0xff;
        return window >> 24 - length - (int) (bit & 7) & (1 << length) - 1;
    }
}
