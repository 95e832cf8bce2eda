package io.fovea.codec;

import java.util.List;

/**
 * Walks over the codes of one scan of a JPEG picture, to find out whether they are whole.
 *
 * <p>Source: ITU-T T.81 (1992), sections F.2 and G.2.
 *
 * <p>Not for several threads.
 */
final class JpegScan {

    private static final int ZEROS = 15;

    /** From about so many blocks on, chains save more time than it takes to make them. */
    private static final int WORTH_CHAINS = 1000;

    private final JpegBits bits;
    private final List<JpegComponent> components;
    private final JpegTable[] dc;
    private final JpegTable[] ac;
    private final boolean progressive;
    private final int first;
    private final int last;
    private final int known;

    /** For each channel, how its table leads over a block. */
    private final short[][] steps;

    /** How many more blocks of a progressive scan have no codes of their own. */
    private int run;

    /**
     * @param bits        the file's bits, at the scan's first
     * @param components  the channels of this scan
     * @param dc          the table of each channel for its first coefficients
     * @param ac          the table of each channel for the others
     * @param progressive whether coefficients come in several scans
     * @param first       the first coefficient of this scan, if progressive
     * @param last        the last one
     * @param known       one more than the lowest bit that earlier scans told, 0 if they told none
     * @param blocks      about how many blocks there are
     */
    JpegScan(
            JpegBits bits,
            List<JpegComponent> components,
            JpegTable[] dc,
            JpegTable[] ac,
            boolean progressive,
            int first,
            int last,
            int known,
            long blocks) {
        this.bits = bits;
        this.components = components;
        this.dc = dc;
        this.ac = ac;
        this.progressive = progressive;
        this.first = first;
        this.last = last;
        this.known = known;
        steps = new short[ac.length][];
        for (int i = 0; i < ac.length && !progressive; i++) {
            steps[i] = blocks < WORTH_CHAINS ? ac[i].jumps() : ac[i].chains();
        }
    }

    /** Forgets what went on before a restart marker. */
    void restart() {
        run = 0;
    }

    /** Walks over a block of a channel; false if its codes are not whole. */
    boolean walk(int channel, int block) {
        boolean whole = progressive ? walkPart(channel, block) : walkAll(channel);
        return whole && !bits.isOverrun();
    }

    private boolean walkAll(int channel) {
        return walkDc(channel) && bits.skipBlock(ac[channel], steps[channel]);
    }

    private boolean walkDc(int channel) {
        int size = dc[channel].symbol(bits);
        if (size < 0 || size > 16) return false;
        bits.take(size);
        return true;
    }

    private boolean walkPart(int channel, int block) {
        if (first > 0) return known == 0 ? walkFirst(channel, block) : walkRefinement(channel, block);
        if (known == 0) return walkDc(channel);
        bits.take(1);
        return true;
    }

    private boolean walkFirst(int channel, int block) {
        if (run > 0) {
            run--;
            return true;
        }
        long[] told = components.get(channel).known();
        for (int k = first; k <= last; k++) {
            int symbol = ac[channel].symbol(bits);
            if (symbol < 0) return false;
            int size = symbol & 15;
            int zeros = symbol >> 4;
            k += zeros;
            if (size > 0) {
                bits.take(size);
                if (k < 64) told[block] |= 1L << k;
            } else if (zeros != ZEROS) {
                run = (1 << zeros) + bits.take(zeros) - 1;
                return true;
            }
        }
        return true;
    }

    private boolean walkRefinement(int channel, int block) {
        long[] told = components.get(channel).known();
        int k = first;
        while (run == 0 && k <= last) {
            int symbol = ac[channel].symbol(bits);
            if (symbol < 0 || (symbol & 15) > 1) return false;
            boolean isNew = (symbol & 15) == 1;
            int zeros = symbol >> 4;
            if (isNew) bits.take(1);
            else if (zeros != ZEROS) {
                run = (1 << zeros) + bits.take(zeros);
                break;
            }
            for (; k <= last; k++) {
                if ((told[block] >> k & 1) == 1) bits.take(1);
                else if (--zeros < 0) break;
            }
            if (isNew && k <= last) told[block] |= 1L << k;
            k++;
            if (bits.isOverrun()) return false;
        }
        if (run == 0) return true;
        long rest = k >= 64 ? 0 : told[block] >>> k;
        for (; k <= last; k++, rest >>>= 1) if ((rest & 1) == 1) bits.take(1);
        run--;
        return true;
    }
}
