package io.fovea.batch;

import io.fovea.problem.Problem;
import java.util.Objects;

/**
 * How the pictures of a split become batches.
 *
 * @param batchSize    N, at least 1
 * @param augmentation how pictures are varied; {@link Augmentation#NONE} for evaluation
 * @param order        the order of an epoch
 * @param remainder    what becomes of the last, incomplete batch
 * @param seed         fixes order and augmentation
 * @param threads      loading threads, 0 to 64; it never changes the bytes of a batch. 0 loads within the caller's thread, which is
 *                     cheapest for small pictures that are held in memory and not augmented; 1 or 2 otherwise
 * @param clean        whether {@link Batch#clean} is filled
 */
public record BatchSettings(
        int batchSize,
        Augmentation augmentation,
        Order order,
        Remainder remainder,
        long seed,
        int threads,
        CleanPictures clean) {

    private static final int MOST_THREADS = 64;

    /**
     * Checks the values.
     *
     * @throws Problem if the batch size or the number of threads is out of range
     */
    public BatchSettings {
        Objects.requireNonNull(augmentation, "augmentation");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(remainder, "remainder");
        Objects.requireNonNull(clean, "clean");
        if (batchSize < 1) {
            throw new Problem(
                    "The batch size must be at least 1, not " + batchSize + ".",
                    "batch settings, batchSize",
                    "use 64 if in doubt");
        }
        if (threads < 0 || threads > MOST_THREADS) {
            throw new Problem(
                    "Loading threads must be 0 to " + MOST_THREADS + ", not " + threads + ".",
                    "batch settings, threads",
                    "use 1 or 2; 0 loads within the training thread");
        }
    }

    /**
     * Returns how many threads should load beside threads that compute: one for every four, at least 1, at most 8.
     *
     * <p>One loads and crops a thousand pictures of 224x224 in a second or more, which feeds dozens of computing threads; a graphics card
     * takes the pictures of several.
     */
    public static int loadingThreads(int computingThreads) {
        return Math.max(1, Math.min(computingThreads / 4, 8));
    }

    /** Without clean pictures. */
    public BatchSettings(
            int batchSize, Augmentation augmentation, Order order, Remainder remainder, long seed, int threads) {
        this(batchSize, augmentation, order, remainder, seed, threads, CleanPictures.LEFT_OUT);
    }

    /** Returns settings for measuring: pictures as they are, in their order, every one of them. */
    public static BatchSettings forEvaluation(int batchSize, int threads) {
        return new BatchSettings(batchSize, Augmentation.NONE, Order.SEQUENTIAL, Remainder.KEEP, 0, threads);
    }

    /** Returns settings for training: shuffled, the last incomplete batch kept. */
    public static BatchSettings forTraining(int batchSize, Augmentation augmentation, long seed, int threads) {
        return new BatchSettings(batchSize, augmentation, Order.SHUFFLED, Remainder.KEEP, seed, threads);
    }

    /** Returns these settings with another fate of the last, incomplete batch. */
    public BatchSettings withRemainder(Remainder other) {
        return new BatchSettings(batchSize, augmentation, order, other, seed, threads, clean);
    }

    /** Returns these settings with another order. */
    public BatchSettings withOrder(Order other) {
        return new BatchSettings(batchSize, augmentation, other, remainder, seed, threads, clean);
    }

    /** Returns these settings with or without clean pictures. */
    public BatchSettings withClean(CleanPictures other) {
        return new BatchSettings(batchSize, augmentation, order, remainder, seed, threads, other);
    }
}
