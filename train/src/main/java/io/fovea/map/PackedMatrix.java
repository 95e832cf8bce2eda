package io.fovea.map;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;

import io.fovea.kernel.Lanes;

/**
 * A matrix of weights [D, OC] laid out in the order in which {@link ProductTile} reads it.
 *
 * <p>Output channels are cut into blocks of four vectors, [D, 4·L] each, then single vectors, [D, L] each; missing channels are zero.
 */
public final class PackedMatrix {

    private static final int WIDE = ProductTile.COLUMNS * COUNT;

    public final float[] values;
    private final int depth;
    private final int wideBlocks;
    private final int narrowBlocks;

    public PackedMatrix(int matrices, int depth, int outputChannels) {
        this.depth = depth;
        int vectors = Math.ceilDiv(outputChannels, COUNT);
        wideBlocks = vectors / ProductTile.COLUMNS;
        narrowBlocks = vectors % ProductTile.COLUMNS;
        values = Lanes.allocate(Math.multiplyExact(matrices, Math.multiplyExact(depth, vectors * COUNT)));
    }

    /** Returns the number of blocks of either kind; the wide ones come first. */
    public int blocks() {
        return wideBlocks + narrowBlocks;
    }

    public boolean isWide(int block) {
        return block < wideBlocks;
    }

    /** Returns a block's first output channel. */
    public int column(int block) {
        return isWide(block) ? block * WIDE : wideBlocks * WIDE + (block - wideBlocks) * COUNT;
    }

    /** Returns where row d of a block of a matrix begins. */
    public int at(int matrix, int block, int d) {
        int size = isWide(block) ? WIDE : COUNT;
        return BASE + (matrix * (wideBlocks * WIDE + narrowBlocks * COUNT) + column(block)) * depth + d * size;
    }

    public void set(int matrix, int d, int outputChannel, float value) {
        int block = outputChannel < wideBlocks * WIDE
                ? outputChannel / WIDE
                : wideBlocks + (outputChannel - wideBlocks * WIDE) / COUNT;
        values[at(matrix, block, d) + outputChannel - column(block)] = value;
    }
}
