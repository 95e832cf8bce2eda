package io.fovea.optimize;

/** What is counted of a batch's outputs beside their loss: sums that measures are made from, over any number of batches. */
public interface Counting {

    /** Returns how many numbers are counted. */
    int counts();

    /**
     * Counts over a batch.
     *
     * @param outputs [N, W] at least
     * @param wanted  what the outputs should have been
     * @param size    N
     * @param counts  of {@link #counts} numbers, added to
     */
    void count(float[] outputs, Targets wanted, int size, double[] counts);
}
