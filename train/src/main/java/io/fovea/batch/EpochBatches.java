package io.fovea.batch;

/**
 * How the positions of an epoch fall into batches.
 *
 * @param count     pictures of an epoch
 * @param batchSize N
 * @param remainder what becomes of the last, incomplete batch
 */
record EpochBatches(int count, int batchSize, Remainder remainder) {

    /** Returns how many batches there are; 0 without pictures. */
    int number() {
        return switch (remainder) {
            case KEEP -> Math.ceilDiv(count, batchSize);
            case JOIN_SINGLE -> Math.ceilDiv(count, batchSize) - (joins() ? 1 : 0);
            case DROP -> count / batchSize;
        };
    }

    /** Returns the first position of a batch, counted from 0. */
    int first(int batch) {
        return batch * batchSize;
    }

    /** Returns how many pictures a batch holds. */
    int size(int batch) {
        boolean last = batch == number() - 1;
        if (last && remainder == Remainder.JOIN_SINGLE && joins()) return batchSize + 1;
        return Math.min(batchSize, count - first(batch));
    }

    /** Returns the size of all batches but the last. */
    int usualSize() {
        return Math.min(batchSize, Math.max(1, count));
    }

    /** Returns the size of the last batch; 0 if there is none. */
    int lastSize() {
        return number() == 0 ? 0 : size(number() - 1);
    }

    /** Whether a single picture is left over that has a batch before it. */
    private boolean joins() {
        return batchSize > 1 && count > batchSize && count % batchSize == 1;
    }
}
