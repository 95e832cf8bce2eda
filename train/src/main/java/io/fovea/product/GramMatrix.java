package io.fovea.product;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;

import io.fovea.kernel.Lanes;
import io.fovea.map.ProductTile;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sum of all products of two features over many pictures: G[i, j] = Σ_n x[n, i]·x[n, j], and their plain sums Σ_n x[n, i].
 *
 * <p>Pictures come in any number at a time; sums of 512 pictures are 32-bit, their sum is 64-bit. Only one triangle is computed.
 * <p>Cost: N·D²/2 multiply-adds. The sums are made in the same order with any number of threads. Not for use by several threads at once.
 */
public final class GramMatrix {

    private static final int BLOCK = ProductTile.COLUMNS * COUNT;
    private static final int ROWS = ProductTile.ROWS;
    /** Pictures whose products are summed in 32 bits. */
    private static final int CHUNK = 512;
    /** Pictures that one pass sums over: with a block of columns, 32 KB stay in the first-level cache. */
    private static final int PASS = 128;
    /** Rows whose sums stay in the second-level cache while all passes go by. */
    private static final int GROUP = 256;

    private final int size;
    private final int blocks;
    private final Workers workers;
    private final double[] sums;
    private final double[] totals;
    private final float[] transposed;
    private final float[] packed;
    private int waiting;
    private long count;

    /** Begins with no pictures of D features. */
    public GramMatrix(int size, Workers workers) {
        this.size = size;
        this.workers = workers;
        blocks = Math.ceilDiv(size, BLOCK);
        sums = new double[Math.multiplyExact(size, size)];
        totals = new double[size];
        transposed = Lanes.allocate(blocks * BLOCK * CHUNK);
        packed = Lanes.allocate(blocks * BLOCK * CHUNK);
    }

    /** Adds the features [N, D] of N pictures. */
    public void add(float[] rows, int pictures) {
        for (int first = 0; first < pictures; ) {
            int taken = Math.min(CHUNK - waiting, pictures - first);
            int from = first;
            workers.ranges(size, BLOCK, (d, end) -> {
                for (int block = d; block < end; block += BLOCK)
                    pack(rows, from, taken, block, Math.min(end, block + BLOCK));
            });
            waiting += taken;
            first += taken;
            if (waiting == CHUNK) multiply();
        }
        count += pictures;
    }

    /** Lays some features of pictures beside those that wait: [blocks, CHUNK, BLOCK]. */
    private void pack(float[] rows, int from, int taken, int d, int end) {
        for (int n = 0; n < taken; n++) {
            int row = (from + n) * size;
            for (int i = d; i < end; i++) totals[i] += rows[row + i];
            System.arraycopy(rows, row + d, packed, BASE + (d * CHUNK) + (waiting + n) * BLOCK, end - d);
        }
    }

    /** Writes a block the other way round, [BLOCK, CHUNK], for the rows of the product. */
    private void transpose(int block) {
        int from = BASE + block * CHUNK * BLOCK;
        for (int d = 0; d < BLOCK; d++) {
            int to = from + d * CHUNK;
            for (int k = 0; k < waiting; k++) transposed[to + k] = packed[from + k * BLOCK + d];
        }
    }

    private void multiply() {
        int pictures = waiting;
        workers.ranges(blocks, 1, (from, to) -> {
            for (int block = from; block < to; block++) transpose(block);
        });
        waiting = 0;
        // later blocks have more rows, so threads take turns
        AtomicInteger next = new AtomicInteger(blocks - 1);
        workers.run(_ -> {
            float[] y = Lanes.allocate(GROUP * BLOCK);
            for (int block = next.getAndDecrement(); block >= 0; block = next.getAndDecrement()) {
                int rows = Math.min(size, (block + 1) * BLOCK);
                for (int group = 0; group < rows; group += GROUP) {
                    column(block, group, Math.min(rows, group + GROUP), pictures, y);
                }
            }
        });
    }

    /** Adds the products of a block of columns with some rows. */
    private void column(int block, int group, int end, int pictures, float[] y) {
        int[] rows = new int[ROWS];
        int[] from = new int[ROWS];
        int[] to = new int[ROWS];
        Arrays.fill(y, 0);
        for (int pass = 0; pass < pictures; pass += PASS) {
            int deep = Math.min(PASS, pictures - pass);
            int w = BASE + (block * CHUNK + pass) * BLOCK;
            for (int row = group; row < end; row += ROWS) {
                for (int r = 0; r < ROWS; r++) {
                    // rows are there up to a whole block, so a tile may reach beyond the last feature
                    rows[r] = BASE + (row + r) * CHUNK + pass;
                    to[r] = BASE + (row - group + r) * BLOCK;
                    from[r] = to[r];
                }
                ProductTile.wide(transposed, rows, 0, 1, 0, deep, packed, w, y, from, y, to, 0);
            }
        }
        int columns = Math.min(BLOCK, size - block * BLOCK);
        for (int row = group; row < end; row++) {
            int at = row * size + block * BLOCK;
            int i = BASE + (row - group) * BLOCK;
            for (int c = 0; c < columns; c++) sums[at + c] += y[i + c];
        }
    }

    /** Returns N, the pictures so far. */
    public long count() {
        return count;
    }

    /** Returns Σ x [D]. */
    public double[] totals() {
        return totals.clone();
    }

    /** Returns G [D, D], both triangles. */
    public double[] products() {
        if (waiting > 0) multiply();
        double[] whole = sums.clone();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) whole[i * size + j] = whole[j * size + i];
        }
        return whole;
    }
}
