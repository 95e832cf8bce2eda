package io.fovea.optimize;

/** A counting that needs of maps no more than the class that each pixel was taken for, so that logits may stay where they are. */
public interface PixelCounting extends Counting {

    /**
     * Counts over a batch.
     *
     * @param answers [N, H, W] at least, each 0 … K − 1: the first of a pixel's largest logits
     * @param masks   what they should have been
     * @param size    N
     * @param counts  of {@link #counts} numbers, added to
     */
    void countPixels(byte[] answers, Targets.Masks masks, int size, double[] counts);
}
