package io.fovea.map;

import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost matrix product of the channels-innermost layers: four pixels (or tiles) by four vectors of output channels.
 *
 * <p>Sixteen sums stay in registers; per step four loads of weights and four broadcast inputs feed sixteen multiply-adds.
 * Formula: y[r] = initial[r] + Σ_s Σ_k a[rows[4·s + r] + k] · b[s, k], s a segment of inputs that lie side by side, k its depth.
 */
public final class ProductTile {

    /** How many rows (pixels or tiles) a tile has. */
    public static final int ROWS = 4;
    /** How many vectors of output channels a wide tile has. */
    public static final int COLUMNS = 4;

    /**
     * No index is larger. Masked with it, an index is known not to overflow when a constant is added, and four loads share one
     * address computation: without, half of the loop's instructions compute addresses (docs/experiments.md).
     */
    private static final int MOST = 0x3fffffff;

    private ProductTile() {}

    /**
     * Computes four rows by four vectors.
     *
     * @param a       the inputs
     * @param rows    where the rows' segments begin in {@code a}, four per segment
     * @param first   the first segment
     * @param last    the segment after the last
     * @param skip    how many inputs of each segment to leave out at its beginning
     * @param depth   how many inputs to take from each segment
     * @param b       the weights, [segment, depth, 4·L] from {@code w} without gaps
     * @param initial where the sums begin, at {@code from[r] + column}
     * @param y       where the sums go, at {@code to[r] + column}
     */
    public static void wide(
            float[] a,
            int[] rows,
            int first,
            int last,
            int skip,
            int depth,
            float[] b,
            int w,
            float[] initial,
            int[] from,
            float[] y,
            int[] to,
            int column) {
        int i = from[0] + column;
        FloatVector s00 = FloatVector.fromArray(SPECIES, initial, i),
                s01 = FloatVector.fromArray(SPECIES, initial, i + COUNT),
                s02 = FloatVector.fromArray(SPECIES, initial, i + 2 * COUNT),
                s03 = FloatVector.fromArray(SPECIES, initial, i + 3 * COUNT);
        i = from[1] + column;
        FloatVector s10 = FloatVector.fromArray(SPECIES, initial, i),
                s11 = FloatVector.fromArray(SPECIES, initial, i + COUNT),
                s12 = FloatVector.fromArray(SPECIES, initial, i + 2 * COUNT),
                s13 = FloatVector.fromArray(SPECIES, initial, i + 3 * COUNT);
        i = from[2] + column;
        FloatVector s20 = FloatVector.fromArray(SPECIES, initial, i),
                s21 = FloatVector.fromArray(SPECIES, initial, i + COUNT),
                s22 = FloatVector.fromArray(SPECIES, initial, i + 2 * COUNT),
                s23 = FloatVector.fromArray(SPECIES, initial, i + 3 * COUNT);
        i = from[3] + column;
        FloatVector s30 = FloatVector.fromArray(SPECIES, initial, i),
                s31 = FloatVector.fromArray(SPECIES, initial, i + COUNT),
                s32 = FloatVector.fromArray(SPECIES, initial, i + 2 * COUNT),
                s33 = FloatVector.fromArray(SPECIES, initial, i + 3 * COUNT);
        for (int s = first; s < last; s++) {
            int x0 = rows[ROWS * s] + skip,
                    x1 = rows[ROWS * s + 1] + skip,
                    x2 = rows[ROWS * s + 2] + skip,
                    x3 = rows[ROWS * s + 3] + skip;
            for (int k = 0; k < depth; k++) {
                int at = (w + k * (COLUMNS * COUNT)) & MOST;
                FloatVector v0 = FloatVector.fromArray(SPECIES, b, at),
                        v1 = FloatVector.fromArray(SPECIES, b, at + COUNT),
                        v2 = FloatVector.fromArray(SPECIES, b, at + 2 * COUNT),
                        v3 = FloatVector.fromArray(SPECIES, b, at + 3 * COUNT);
                FloatVector p = FloatVector.broadcast(SPECIES, a[x0 + k]);
                s00 = v0.fma(p, s00);
                s01 = v1.fma(p, s01);
                s02 = v2.fma(p, s02);
                s03 = v3.fma(p, s03);
                FloatVector q = FloatVector.broadcast(SPECIES, a[x1 + k]);
                s10 = v0.fma(q, s10);
                s11 = v1.fma(q, s11);
                s12 = v2.fma(q, s12);
                s13 = v3.fma(q, s13);
                FloatVector r = FloatVector.broadcast(SPECIES, a[x2 + k]);
                s20 = v0.fma(r, s20);
                s21 = v1.fma(r, s21);
                s22 = v2.fma(r, s22);
                s23 = v3.fma(r, s23);
                FloatVector t = FloatVector.broadcast(SPECIES, a[x3 + k]);
                s30 = v0.fma(t, s30);
                s31 = v1.fma(t, s31);
                s32 = v2.fma(t, s32);
                s33 = v3.fma(t, s33);
            }
            w += depth * COLUMNS * COUNT;
        }
        int o = to[0] + column;
        s00.intoArray(y, o);
        s01.intoArray(y, o + COUNT);
        s02.intoArray(y, o + 2 * COUNT);
        s03.intoArray(y, o + 3 * COUNT);
        o = to[1] + column;
        s10.intoArray(y, o);
        s11.intoArray(y, o + COUNT);
        s12.intoArray(y, o + 2 * COUNT);
        s13.intoArray(y, o + 3 * COUNT);
        o = to[2] + column;
        s20.intoArray(y, o);
        s21.intoArray(y, o + COUNT);
        s22.intoArray(y, o + 2 * COUNT);
        s23.intoArray(y, o + 3 * COUNT);
        o = to[3] + column;
        s30.intoArray(y, o);
        s31.intoArray(y, o + COUNT);
        s32.intoArray(y, o + 2 * COUNT);
        s33.intoArray(y, o + 3 * COUNT);
    }

    /** Computes four rows by two vectors; the weights are [segment, depth, 2·L]. For so few columns that half of a wide tile would be empty. */
    public static void half(
            float[] a,
            int[] rows,
            int first,
            int last,
            int skip,
            int depth,
            float[] b,
            int w,
            float[] initial,
            int[] from,
            float[] y,
            int[] to,
            int column) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, initial, from[0] + column),
                s01 = FloatVector.fromArray(SPECIES, initial, from[0] + column + COUNT),
                s10 = FloatVector.fromArray(SPECIES, initial, from[1] + column),
                s11 = FloatVector.fromArray(SPECIES, initial, from[1] + column + COUNT),
                s20 = FloatVector.fromArray(SPECIES, initial, from[2] + column),
                s21 = FloatVector.fromArray(SPECIES, initial, from[2] + column + COUNT),
                s30 = FloatVector.fromArray(SPECIES, initial, from[3] + column),
                s31 = FloatVector.fromArray(SPECIES, initial, from[3] + column + COUNT);
        for (int s = first; s < last; s++) {
            int x0 = rows[ROWS * s] + skip,
                    x1 = rows[ROWS * s + 1] + skip,
                    x2 = rows[ROWS * s + 2] + skip,
                    x3 = rows[ROWS * s + 3] + skip;
            for (int k = 0; k < depth; k++) {
                int at = (w + k * (2 * COUNT)) & MOST;
                FloatVector v0 = FloatVector.fromArray(SPECIES, b, at),
                        v1 = FloatVector.fromArray(SPECIES, b, at + COUNT);
                FloatVector p = FloatVector.broadcast(SPECIES, a[x0 + k]);
                s00 = v0.fma(p, s00);
                s01 = v1.fma(p, s01);
                FloatVector q = FloatVector.broadcast(SPECIES, a[x1 + k]);
                s10 = v0.fma(q, s10);
                s11 = v1.fma(q, s11);
                FloatVector r = FloatVector.broadcast(SPECIES, a[x2 + k]);
                s20 = v0.fma(r, s20);
                s21 = v1.fma(r, s21);
                FloatVector t = FloatVector.broadcast(SPECIES, a[x3 + k]);
                s30 = v0.fma(t, s30);
                s31 = v1.fma(t, s31);
            }
            w += depth * 2 * COUNT;
        }
        s00.intoArray(y, to[0] + column);
        s01.intoArray(y, to[0] + column + COUNT);
        s10.intoArray(y, to[1] + column);
        s11.intoArray(y, to[1] + column + COUNT);
        s20.intoArray(y, to[2] + column);
        s21.intoArray(y, to[2] + column + COUNT);
        s30.intoArray(y, to[3] + column);
        s31.intoArray(y, to[3] + column + COUNT);
    }

    /** Computes four rows by one vector; the weights are [segment, depth, L]. For the channels that a wide tile leaves over. */
    public static void narrow(
            float[] a,
            int[] rows,
            int first,
            int last,
            int skip,
            int depth,
            float[] b,
            int w,
            float[] initial,
            int[] from,
            float[] y,
            int[] to,
            int column) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, initial, from[0] + column),
                s1 = FloatVector.fromArray(SPECIES, initial, from[1] + column),
                s2 = FloatVector.fromArray(SPECIES, initial, from[2] + column),
                s3 = FloatVector.fromArray(SPECIES, initial, from[3] + column);
        for (int s = first; s < last; s++) {
            int x0 = rows[ROWS * s] + skip,
                    x1 = rows[ROWS * s + 1] + skip,
                    x2 = rows[ROWS * s + 2] + skip,
                    x3 = rows[ROWS * s + 3] + skip;
            for (int k = 0; k < depth; k++) {
                FloatVector v = FloatVector.fromArray(SPECIES, b, w + k * COUNT);
                s0 = v.fma(FloatVector.broadcast(SPECIES, a[x0 + k]), s0);
                s1 = v.fma(FloatVector.broadcast(SPECIES, a[x1 + k]), s1);
                s2 = v.fma(FloatVector.broadcast(SPECIES, a[x2 + k]), s2);
                s3 = v.fma(FloatVector.broadcast(SPECIES, a[x3 + k]), s3);
            }
            w += depth * COUNT;
        }
        s0.intoArray(y, to[0] + column);
        s1.intoArray(y, to[1] + column);
        s2.intoArray(y, to[2] + column);
        s3.intoArray(y, to[3] + column);
    }
}
