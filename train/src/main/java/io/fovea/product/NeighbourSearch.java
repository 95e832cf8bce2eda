package io.fovea.product;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import io.fovea.kernel.Lanes;
import io.fovea.map.ProductTile;
import io.fovea.thread.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exact k nearest of R references by Euclidean distance, as a matrix product with a running selection.
 *
 * <p>Formula: d²(x, r) = |x|² + |r|² − 2·x·r; |x|² is added at the end, as it orders nothing. Of equal distances the reference that stands
 * first is nearer.
 * <p>Cost: N·R·D multiply-adds; the distances are never stored. Immutable, may be shared.
 */
public final class NeighbourSearch {

    private static final int BLOCK = ProductTile.COLUMNS * COUNT;
    private static final int ROWS = ProductTile.ROWS;
    /** Queries that go through all references together: their codes and lists stay in the second-level cache. */
    private static final int QUERIES = 128;

    private final int count;
    private final int size;
    private final float[] packed;
    private final float[] squares;

    /**
     * Takes references [R, D].
     *
     * @param size D
     */
    public NeighbourSearch(float[] references, int size) {
        this.size = size;
        count = references.length / size;
        if (count == 0 || references.length % size != 0) {
            throw new IllegalArgumentException(
                    "Expected rows of " + size + " numbers, found " + references.length + " numbers");
        }
        int blocks = Math.ceilDiv(count, BLOCK);
        packed = Lanes.allocate(Math.multiplyExact(blocks * BLOCK, size));
        squares = Lanes.allocate(blocks * BLOCK);
        Arrays.fill(squares, Float.POSITIVE_INFINITY); // columns beyond the last reference are never near
        for (int r = 0; r < count; r++) {
            float square = 0;
            for (int d = 0; d < size; d++) {
                float value = references[r * size + d];
                square += value * value;
                packed[BASE + (r / BLOCK * size + d) * BLOCK + r % BLOCK] = -2 * value;
            }
            squares[BASE + r] = square;
        }
    }

    /** Returns R. */
    public int count() {
        return count;
    }

    /** The k nearest references of N queries: positions [N, k], nearest first, and squared distances [N, k]. */
    public record Neighbours(int k, int[] positions, float[] distances) {}

    /**
     * Finds the k nearest references of each query.
     *
     * @param queries [N, D]
     * @throws IllegalArgumentException if there are fewer than k references
     */
    public Neighbours nearest(float[] queries, int k, Workers workers) {
        if (k < 1 || k > count) throw new IllegalArgumentException("k must be 1 to " + count + ": " + k);
        int n = queries.length / size;
        Neighbours found = new Neighbours(k, new int[n * k], new float[n * k]);
        Arrays.fill(found.distances(), Float.POSITIVE_INFINITY);
        workers.ranges(n, QUERIES, (from, to) -> {
            float[] distances = Lanes.allocate(ROWS * BLOCK);
            for (int first = from; first < to; first += QUERIES) {
                search(queries, first, Math.min(to, first + QUERIES), found, distances);
            }
        });
        for (int i = 0; i < n; i++) {
            float square = 0;
            for (int d = 0; d < size; d++) square += queries[i * size + d] * queries[i * size + d];
            for (int rank = i * k; rank < (i + 1) * k; rank++)
                found.distances()[rank] = Math.max(0, found.distances()[rank] + square);
        }
        return found;
    }

    private void search(float[] queries, int first, int end, Neighbours found, float[] distances) {
        int[] rows = new int[ROWS];
        int[] from = new int[ROWS];
        int[] to = new int[ROWS];
        for (int r = 0; r < ROWS; r++) to[r] = BASE + r * BLOCK;
        for (int block = 0; block < Math.ceilDiv(count, BLOCK); block++) {
            Arrays.fill(from, BASE + block * BLOCK);
            int w = BASE + block * size * BLOCK;
            for (int query = first; query < end; query += ROWS) {
                for (int r = 0; r < ROWS; r++) rows[r] = Math.min(query + r, end - 1) * size;
                ProductTile.wide(queries, rows, 0, 1, 0, size, packed, w, squares, from, distances, to, 0);
                for (int r = 0; r < Math.min(ROWS, end - query); r++) {
                    int last = (query + r + 1) * found.k() - 1;
                    for (int c = 0; c < BLOCK; c += COUNT) {
                        FloatVector d = FloatVector.fromArray(SPECIES, distances, BASE + r * BLOCK + c);
                        if (d.compare(VectorOperators.LT, found.distances()[last])
                                .anyTrue()) {
                            insert(distances, BASE + r * BLOCK + c, block * BLOCK + c, query + r, found);
                        }
                    }
                }
            }
        }
    }

    /** Puts those of L distances that are near enough into a query's list; the references come in order, so equal ones stay behind. */
    private static void insert(float[] distances, int at, int reference, int query, Neighbours found) {
        int start = query * found.k();
        for (int lane = 0; lane < COUNT; lane++) {
            float distance = distances[at + lane];
            int rank = start + found.k() - 1;
            if (!(distance < found.distances()[rank])) continue;
            while (rank > start && distance < found.distances()[rank - 1]) {
                found.distances()[rank] = found.distances()[rank - 1];
                found.positions()[rank] = found.positions()[rank - 1];
                rank--;
            }
            found.distances()[rank] = distance;
            found.positions()[rank] = reference + lane;
        }
    }
}
