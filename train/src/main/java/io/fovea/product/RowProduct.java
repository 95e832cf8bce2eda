package io.fovea.product;

import static io.fovea.kernel.Lanes.BASE;

import io.fovea.kernel.Lanes;
import io.fovea.map.ChannelMaps;
import io.fovea.map.PackedMatrix;
import io.fovea.map.ProductTile;
import io.fovea.thread.Workers;

/**
 * A dense layer on many rows at once: y[n, o] = bias[o] + Σ_d weight[o, d]·x[n, d].
 *
 * <p>Shapes: x [N, D] → y [N, O]. Immutable; threads may share it.
 */
public final class RowProduct {

    private static final int ROWS = ProductTile.ROWS;
    /** How many inputs a pass sums over: with four vectors of weights for each, 40 KB stay in the first-level cache. */
    private static final int PASS = 160;

    private final int inputs;
    private final int outputs;
    private final PackedMatrix packed;
    private final float[] bias;

    /**
     * Takes the layer.
     *
     * @param weight [O, D]
     * @param bias   [O]
     */
    public RowProduct(float[] weight, float[] bias) {
        outputs = bias.length;
        inputs = weight.length / outputs;
        packed = new PackedMatrix(1, inputs, outputs);
        for (int o = 0; o < outputs; o++) {
            for (int d = 0; d < inputs; d++) packed.set(0, d, o, weight[o * inputs + d]);
        }
        this.bias = Lanes.allocate(ChannelMaps.rounded(outputs));
        System.arraycopy(bias, 0, this.bias, BASE, outputs);
    }

    /**
     * Computes N rows.
     *
     * @param x at least [N, D]
     * @param y takes [N, O] from row {@code first}
     */
    public void multiply(float[] x, int rows, float[] y, int first, Workers workers) {
        workers.ranges(rows, ROWS, (begin, end) -> {
            int stride = ChannelMaps.rounded(outputs);
            float[] sums = Lanes.allocate(ROWS * stride);
            int[] at = new int[ROWS];
            int[] from = new int[ROWS];
            int[] to = new int[ROWS];
            for (int row = begin; row < end; row += ROWS) {
                for (int r = 0; r < ROWS; r++) {
                    at[r] = Math.min(row + r, end - 1) * inputs;
                    to[r] = BASE + r * stride;
                }
                for (int d = 0; d < inputs; d += PASS) pass(x, at, d, sums, from, to);
                for (int r = 0; r < Math.min(ROWS, end - row); r++) {
                    System.arraycopy(sums, to[r], y, (first + row + r) * outputs, outputs);
                }
            }
        });
    }

    private void pass(float[] x, int[] at, int d, float[] sums, int[] from, int[] to) {
        int deep = Math.min(PASS, inputs - d);
        float[] initial = d == 0 ? bias : sums;
        for (int r = 0; r < ROWS; r++) from[r] = d == 0 ? BASE : to[r];
        for (int block = 0; block < packed.blocks(); block++) {
            int column = packed.column(block);
            int w = packed.at(0, block, d);
            if (packed.isWide(block)) {
                ProductTile.wide(x, at, 0, 1, d, deep, packed.values, w, initial, from, sums, to, column);
            } else {
                ProductTile.narrow(x, at, 0, 1, d, deep, packed.values, w, initial, from, sums, to, column);
            }
        }
    }
}
