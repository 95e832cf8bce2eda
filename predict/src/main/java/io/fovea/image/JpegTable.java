package io.fovea.image;

import java.util.Arrays;

/**
 * A Huffman table of a JPEG file, made for walking over codes without decoding what they mean.
 *
 * <p>Source: ITU-T T.81 (1992), annexes C and F.
 */
final class JpegTable {

    private static final int BAD = -1;
    private static final int ALL_ZEROS = 0xf0;
    private static final int BLOCK = 64;
    private static final int FAST_BITS = 12;

    private final int[] firstCode = new int[18];
    private final int[] endCode = new int[18];
    private final int[] firstValue = new int[18];
    private final byte[] values;

    /** For the next 12 bits: symbol, and the code's length times 256; 0 if the code is longer. */
    private final short[] fast = new short[1 << FAST_BITS];

    private final short[] jumps = new short[1 << FAST_BITS];

    /**
     * @param counts how many codes there are of each length, 1 to 16
     * @param values their symbols in order
     */
    JpegTable(int[] counts, byte[] values) {
        this.values = values;
        int code = 0;
        int value = 0;
        for (int length = 1; length <= 16; length++) {
            firstCode[length] = code;
            firstValue[length] = value;
            for (int i = 0; i < counts[length - 1]; i++, code++, value++) {
                if (length > FAST_BITS) continue;
                int from = code << FAST_BITS - length;
                short entry = (short) (length << 8 | values[value] & 0xff);
                int end = Math.min(fast.length, from + (1 << FAST_BITS - length));
                int symbol = values[value] & 0xff;
                short jump = (short) (passed(symbol) << 8 | length + (symbol & 15));
                if (from < end) {
                    Arrays.fill(fast, from, end, entry);
                    Arrays.fill(jumps, from, end, jump);
                }
            }
            endCode[length] = code;
            code <<= 1;
        }
    }

    /**
     * Returns, for the next 12 bits, the bits of the code that they begin with and of the number behind it, plus 256 times the
     * coefficients that it passes over; 0 if the code is longer.
     */
    short[] jumps() {
        return jumps;
    }

    /** Coefficients that a symbol passes over, 64 at the end of a block. */
    static int passed(int symbol) {
        return symbol == ALL_ZEROS || (symbol & 15) > 0 ? (symbol >> 4) + 1 : BLOCK;
    }

    /** Takes a code and returns its symbol, −1 if there is no such code. */
    int symbol(JpegBits bits) {
        int next = bits.peek();
        int entry = fast[next >> 16 - FAST_BITS];
        if (entry != 0) {
            bits.skip(entry >> 8);
            return entry & 0xff;
        }
        for (int length = FAST_BITS + 1; length <= 16; length++) {
            int code = next >> 16 - length;
            if (code >= firstCode[length] && code < endCode[length]) {
                bits.skip(length);
                return values[firstValue[length] + code - firstCode[length]] & 0xff;
            }
        }
        return BAD;
    }
}
