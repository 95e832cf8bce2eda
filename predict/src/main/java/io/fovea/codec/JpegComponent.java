package io.fovea.codec;

import java.util.Arrays;

/** One of the channels of a JPEG picture, and what scans have told of it so far. Not for several threads. */
final class JpegComponent {

    private static final int COEFFICIENTS = 64;

    private final int id;
    private final int across;
    private final int down;

    /** For each coefficient the lowest bit that is known, −1 if nothing is. */
    private final int[] lowestBit = new int[COEFFICIENTS];

    /** For each block, with so many in a row, which coefficients are not 0; only progressive pictures need it. */
    private long[] known = new long[0];

    private int blocksInRow;

    JpegComponent(int id, int across, int down) {
        this.id = id;
        this.across = across;
        this.down = down;
        Arrays.fill(lowestBit, -1);
    }

    int id() {
        return id;
    }

    /** Blocks of a unit of an interleaved scan, from left to right. */
    int across() {
        return across;
    }

    /** Blocks of a unit from top to bottom. */
    int down() {
        return down;
    }

    void remember(int unitsAcross, int unitsDown) {
        blocksInRow = unitsAcross * across;
        known = new long[blocksInRow * unitsDown * down];
    }

    int block(int row, int column) {
        return row * blocksInRow + column;
    }

    long[] known() {
        return known;
    }

    int[] lowestBit() {
        return lowestBit;
    }
}
