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

    /**
     * Counts over a batch of maps by the class that each pixel was taken for, the first of the largest logits.
     *
     * @param answers [N, H, W], each 0 … K − 1
     * @param masks   what they should have been
     * @param size    N
     * @param counts  of {@link #counts} numbers, added to
     * @throws UnsupportedOperationException if classes of pixels are not what is counted
     */
    default void countPixels(byte[] answers, Targets.Masks masks, int size, double[] counts) {
        throw new UnsupportedOperationException("Classes of pixels are not what is counted here");
    }
}
