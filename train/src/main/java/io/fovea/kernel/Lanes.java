package io.fovea.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of the machine's vector registers, and the way of pictures into and out of their lanes.
 *
 * <p>A rule for this room: no method of ours takes or returns a vector. Where the compiler happens not to inline such a call, the
 * vectors of the whole loop around it live on the heap and the loop runs thirty times slower (docs/experiments.md).
 */
public final class Lanes {

    public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** L: how many pictures go side by side; 16 with AVX-512, 8 with AVX2, 4 with NEON. */
    public static final int COUNT = SPECIES.length();

    /**
     * Where the values of a group begin in their array. An object's header takes 16 bytes, so that in a JVM started with {@code
     * -XX:ObjectAlignmentInBytes=64} the value at this index begins a cache line and no vector crosses two of them.
     */
    public static final int BASE = 12;

    private Lanes() {}

    /** Returns an array for that many values of a group, zero, with room before them. */
    public static float[] allocate(int length) {
        return new float[BASE + length];
    }

    /** Returns how many groups N pictures fill; the last may be partly empty. */
    public static int groups(int pictures) {
        return Math.ceilDiv(pictures, COUNT);
    }

    /**
     * Spreads a group's pictures over the lanes, normalised.
     *
     * @param pixels   [N, area, channels] bytes
     * @param first    the group's first picture
     * @param pictures N; lanes beyond it get zeros
     * @param tables   one table of 256 numbers per channel
     * @param values   [channels, area, L], overwritten
     */
    public static void spread(
            byte[] pixels, int first, int pictures, int area, int channels, float[][] tables, float[] values) {
        int filled = Math.min(COUNT, pictures - first);
        int size = area * channels;
        for (int c = 0; c < channels; c++) {
            float[] table = tables[c];
            for (int i = 0; i < area; i++) {
                int to = BASE + (c * area + i) * COUNT;
                int from = first * size + i * channels + c;
                for (int lane = 0; lane < filled; lane++, from += size) values[to + lane] = table[pixels[from] & 0xff];
                for (int lane = filled; lane < COUNT; lane++) values[to + lane] = 0;
            }
        }
    }

    /** Copies [N, K] rows into [K, L]; lanes beyond N get zeros. */
    public static void spread(float[] rows, int first, int pictures, int columns, float[] values) {
        int filled = Math.min(COUNT, pictures - first);
        for (int k = 0; k < columns; k++) {
            for (int lane = 0; lane < COUNT; lane++) {
                values[BASE + k * COUNT + lane] = lane < filled ? rows[(first + lane) * columns + k] : 0;
            }
        }
    }

    /** Copies [K, L] into rows {@code first} and following of [N, K], which begin at {@code base}; lanes beyond N are left out. */
    public static void gather(float[] values, int first, int pictures, int columns, float[] rows, int base) {
        int filled = Math.min(COUNT, pictures - first);
        for (int lane = 0; lane < filled; lane++) {
            int row = base + (first + lane) * columns;
            for (int k = 0; k < columns; k++) rows[row + k] = values[BASE + k * COUNT + lane];
        }
    }

    private static final VectorShuffle<Float> BY_EIGHT = rotation(8);
    private static final VectorShuffle<Float> BY_FOUR = rotation(4);
    private static final VectorShuffle<Float> BY_TWO = rotation(2);
    private static final VectorShuffle<Float> BY_ONE = rotation(1);

    /**
     * Returns the sum of L numbers, always added in the same order. The library's own reduction is free in its order, and
     * interpreted and compiled code differ in it: a resumed run would then differ in the last bit.
     */
    static float sum(float[] array, int offset) {
        FloatVector sum = FloatVector.fromArray(SPECIES, array, offset);
        if (COUNT > 8) sum = sum.add(sum.rearrange(BY_EIGHT));
        if (COUNT > 4) sum = sum.add(sum.rearrange(BY_FOUR));
        if (COUNT > 2) sum = sum.add(sum.rearrange(BY_TWO));
        if (COUNT > 1) sum = sum.add(sum.rearrange(BY_ONE));
        return sum.lane(0);
    }

    private static final VectorMask<Float> UPPER_EIGHT = upper(8);
    private static final VectorMask<Float> UPPER_FOUR = upper(4);
    private static final VectorMask<Float> UPPER_TWO = upper(2);
    private static final VectorMask<Float> UPPER_ONE = upper(1);
    private static final VectorShuffle<Float> SWAP_EIGHT = swap(8);
    private static final VectorShuffle<Float> SWAP_FOUR = swap(4);
    private static final VectorShuffle<Float> SWAP_TWO = swap(2);
    private static final VectorShuffle<Float> SWAP_ONE = swap(1);

    /** How many sums {@link #fold} makes. */
    static final int FOLDED = 16;

    /**
     * Sums the lanes of each of sixteen vectors, in the same order always, with a quarter of the operations of sixteen calls of {@link #sum}: half
     * of one vector's lanes and half of another's go side by side, until every lane belongs to a vector of its own. The sum of vector n
     * is left at {@code offset +} {@link #foldedPlace}.
     *
     * @param array [16, L] at {@code offset}, overwritten
     */
    static void fold(float[] array, int offset) {
        int count = FOLDED / 2;
        if (COUNT > 8) {
            for (int to = offset; to < offset + count * COUNT; to += COUNT) {
                FloatVector a = FloatVector.fromArray(SPECIES, array, to);
                FloatVector b = FloatVector.fromArray(SPECIES, array, to + count * COUNT);
                a.blend(b, UPPER_EIGHT)
                        .add(b.blend(a, UPPER_EIGHT).rearrange(SWAP_EIGHT))
                        .intoArray(array, to);
            }
            count /= 2;
        }
        if (COUNT > 4) {
            for (int to = offset; to < offset + count * COUNT; to += COUNT) {
                FloatVector a = FloatVector.fromArray(SPECIES, array, to);
                FloatVector b = FloatVector.fromArray(SPECIES, array, to + count * COUNT);
                a.blend(b, UPPER_FOUR)
                        .add(b.blend(a, UPPER_FOUR).rearrange(SWAP_FOUR))
                        .intoArray(array, to);
            }
            count /= 2;
        }
        if (COUNT > 2) {
            for (int to = offset; to < offset + count * COUNT; to += COUNT) {
                FloatVector a = FloatVector.fromArray(SPECIES, array, to);
                FloatVector b = FloatVector.fromArray(SPECIES, array, to + count * COUNT);
                a.blend(b, UPPER_TWO)
                        .add(b.blend(a, UPPER_TWO).rearrange(SWAP_TWO))
                        .intoArray(array, to);
            }
            count /= 2;
        }
        for (int to = offset; to < offset + count * COUNT; to += COUNT) {
            FloatVector a = FloatVector.fromArray(SPECIES, array, to);
            FloatVector b = FloatVector.fromArray(SPECIES, array, to + count * COUNT);
            a.blend(b, UPPER_ONE).add(b.blend(a, UPPER_ONE).rearrange(SWAP_ONE)).intoArray(array, to);
        }
    }

    /** Returns where {@link #fold} leaves the sum of vector n: beside each other lie those that were folded together. */
    static int foldedPlace(int n) {
        int vectors = FOLDED / COUNT;
        return n % vectors * COUNT + n / vectors;
    }

    /** Adds Σ_p,lane values[c, p] to sums[at + c] for every channel of [C, P, L]. */
    static void addSums(float[] values, int channels, int pixels, float[] sums, int at) {
        float[] lanes = new float[COUNT];
        for (int c = 0; c < channels; c++) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int p = 0; p < pixels; p++)
                sum = sum.add(FloatVector.fromArray(SPECIES, values, BASE + (c * pixels + p) * COUNT));
            sum.intoArray(lanes, 0);
            sums[at + c] += sum(lanes, 0);
        }
    }

    private static VectorMask<Float> upper(int half) {
        boolean[] lanes = new boolean[COUNT];
        for (int lane = 0; lane < COUNT; lane++) lanes[lane] = (lane & half) != 0;
        return VectorMask.fromArray(SPECIES, lanes, 0);
    }

    private static VectorShuffle<Float> swap(int half) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ half) % COUNT);
    }

    private static VectorShuffle<Float> rotation(int by) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane + by) % COUNT);
    }
}
