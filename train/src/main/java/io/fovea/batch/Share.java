package io.fovea.batch;

/**
 * One rank's part of every batch, where several processes train together: neighbouring pictures, as many as the others' but for one where they do not
 * divide; in front those of rank 0.
 *
 * @param rank     whose, from 0
 * @param count    of ranks
 * @param smallest the fewest pictures that a part may hold; where a batch has too few for all, the last ranks have none
 */
public record Share(int rank, int count, int smallest) {

    /** The whole batch. */
    public static final Share WHOLE = new Share(0, 1, 1);

    /** Checks the numbers. */
    public Share {
        if (count < 1 || rank < 0 || rank >= count)
            throw new IllegalArgumentException("There is no rank " + rank + " of " + count);
        if (smallest < 1) throw new IllegalArgumentException("smallest must be at least 1: " + smallest);
    }

    /** Returns the row of the batch at which the part begins. */
    int from(int batchSize) {
        return bound(rank, batchSize);
    }

    /** Returns how many pictures the part holds. */
    public int size(int batchSize) {
        return bound(rank + 1, batchSize) - bound(rank, batchSize);
    }

    private int bound(int part, int batchSize) {
        int parts = Math.min(count, Math.max(1, batchSize / smallest));
        return (int) ((long) batchSize * Math.min(part, parts) / parts);
    }
}
