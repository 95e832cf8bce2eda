package io.fovea.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of a JPEG scan up to the next marker; 255 followed by 0 stands for 255.
 *
 * <p>Not for several threads.
 */
final class JpegBits {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long LOWS = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final byte[] bytes;
    private int at;
    private boolean ended;
    private long buffer; // the next bits are the highest
    private int count;

    JpegBits(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns where the next byte of 255 is, or the number of bytes. */
    static int next255(byte[] bytes, int from) {
        int at = from;
        while (at + 8 <= bytes.length && !holds255((long) EIGHT.get(bytes, at))) at += 8;
        while (at < bytes.length && bytes[at] != (byte) 0xff) at++;
        return at;
    }

    /** A byte of 255 is a byte of 0 when inverted; a 0 borrows when 1 is subtracted. */
    private static boolean holds255(long eight) {
        long inverted = ~eight;
        return (inverted - LOWS & ~inverted & HIGHS) != 0;
    }

    /** Begins anew at a byte. */
    void start(int from) {
        at = from;
        ended = false;
        buffer = 0;
        count = 0;
    }

    /** Returns the next 16 bits without taking them; zeros where the data have ended. */
    int peek() {
        if (count < 32) fill();
        return (int) (buffer >>> 48);
    }

    /** Takes up to 31 bits after a peek. */
    void skip(int bits) {
        buffer <<= bits;
        count -= bits;
    }

    /**
     * Takes the codes of a block's coefficients behind the first; false if one is unknown.
     *
     * @param chains the table's jumps or, faster, its chains
     */
    boolean skipBlock(JpegTable table, short[] chains) {
        short[] jumps = table.jumps();
        long ahead = buffer; // in locals, which is most of the speed
        int left = count;
        for (int k = 1; k < 64; ) {
            if (left < 32) {
                buffer = ahead;
                count = left;
                fill();
                ahead = buffer;
                left = count;
            }
            int jump = (k <= JpegTable.LAST_CHAIN ? chains : jumps)[(int) (ahead >>> 52)];
            if (jump == 0) {
                buffer = ahead;
                count = left;
                int symbol = table.symbol(this);
                if (symbol < 0) return false;
                skip(symbol & 15);
                ahead = buffer;
                left = count;
                k += JpegTable.passed(symbol);
                continue;
            }
            ahead <<= jump;
            left -= jump & 0x3f;
            k += jump >> 8;
        }
        buffer = ahead;
        count = left;
        return true;
    }

    int take(int bits) {
        if (bits == 0) return 0;
        int value = peek() >>> 16 - bits;
        skip(bits);
        return value;
    }

    /** Whether more bits were taken than there are. */
    boolean isOverrun() {
        return count < 0;
    }

    private void fill() {
        if (!ended && at + 8 <= bytes.length) {
            long next = (long) EIGHT.get(bytes, at);
            if (!holds255(next)) {
                int whole = 64 - count >> 3;
                buffer |= (whole == 8 ? next : next & -1L << 64 - 8 * whole) >>> count;
                at += whole;
                count += 8 * whole;
                return;
            }
        }
        while (!ended && count <= 56) {
            int next = next();
            if (ended) return;
            buffer |= (long) next << 56 - count;
            count += 8;
        }
    }

    private int next() {
        if (at >= bytes.length) {
            ended = true;
            return 0;
        }
        int next = bytes[at] & 0xff;
        if (next == 0xff) {
            int behind = at + 1;
            while (behind < bytes.length && bytes[behind] == (byte) 0xff) behind++;
            if (behind >= bytes.length || bytes[behind] != 0) {
                ended = true;
                return 0;
            }
            at = behind;
        }
        at++;
        return next;
    }

    /** Returns the first byte of which no bit was taken; after an overrun, of the marker that ended the data. */
    int position() {
        // Step back over whole bytes that were read ahead.
        int back = at;
        for (int unused = Math.max(0, count) / 8; unused > 0; unused--) {
            back--;
            if (bytes[back] == 0 && bytes[back - 1] == (byte) 0xff) back--;
        }
        return back;
    }
}
