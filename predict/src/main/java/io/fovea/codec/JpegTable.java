package io.fovea.codec;

import java.util.Arrays;

/**
 * A Huffman table of a JPEG file, made for walking over codes without decoding what they mean.
 *
 * <p>Source: ITU-T T.81 (1992), annexes C and F.
 *
 * <p>Not for several threads.
 */
final class JpegTable {

    private static final int BAD = -1;
    private static final int ALL_ZEROS = 0xf0;
    private static final int BLOCK = 64;
    private static final int FAST_BITS = 12;
    private static final int LONGEST_STEP = 16;

    /** Up to this coefficient, a chain of codes cannot lead over the end of a block before its last code. */
    static final int LAST_CHAIN = BLOCK - 1 - LONGEST_STEP;

    private final int[] firstCode = new int[18];
    private final int[] endCode = new int[18];
    private final int[] firstValue = new int[18];
    private final byte[] values;

    /** For the next 12 bits: symbol, and the code's length times 256; 0 if the code is longer. */
    private final short[] fast = new short[1 << FAST_BITS];

    private final short[] jumps = new short[1 << FAST_BITS];
    private short[] chains = new short[0];

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

    /** Adds the jumps of the codes that are whole within these bits, until more than 16 coefficients or the bits are passed. */
    private short chain(int next) {
        int bits = jumps[next] & 0xff;
        int passed = jumps[next] >> 8;
        while (bits > 0 && bits < FAST_BITS && passed <= LONGEST_STEP) {
            int rest = next << bits & jumps.length - 1;
            int codeLength = fast[rest] >> 8;
            if (codeLength == 0 || codeLength > FAST_BITS - bits) break;
            bits += jumps[rest] & 0xff;
            passed += jumps[rest] >> 8;
        }
        return (short) (passed << 8 | bits);
    }

    /**
     * Returns, for the next 12 bits, the bits of the code that they begin with and of the number behind it, plus 256 times the
     * coefficients that it passes over; 0 if the code is longer.
     */
    short[] jumps() {
        return jumps;
    }

    /**
     * As {@link #jumps}, for all codes that these bits hold, where no more than {@link #LAST_CHAIN} coefficients were passed; made when first
     * asked for, since that takes as long as walking over some hundred blocks.
     */
    short[] chains() {
        if (chains.length == 0) {
            chains = new short[jumps.length];
            for (int next = 0; next < chains.length; next++) chains[next] = chain(next);
        }
        return chains;
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
