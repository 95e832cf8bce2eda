package io.fovea.batch;

/**
 * Pictures and labels of one step, ready but not yet normalised.
 *
 * <p>The arrays may be longer than the batch and are used again for later batches: read them before asking for the next.
 *
 * @param size     N, the number of pictures
 * @param height   H
 * @param width    W
 * @param channels C
 * @param pixels   [N, H, W, C] unsigned bytes
 * @param labels   [N] class indices
 * @param examples [N] positions of the pictures within their split
 * @param targets  [N, T] outputs wanted of a regression (see {@link io.fovea.image.Target#output}); empty in a classification
 * @param secondLabels [N] the class of the picture mixed into each; empty where pictures are not mixed, and in a regression, whose targets
 *                     are mixed already
 * @param shares   [N] the first picture's share of a mixed one, 0 … 1; empty as second labels are
 * @param masks    [N, H, W] a class index for every pixel, {@link io.fovea.task.Segmentation#UNLABELLED} where nothing is known; empty where
 *                 pictures have no masks
 * @param clean    [N, H, W, C] the pictures moved as {@code pixels} are, but before tones, noise and erasing; empty unless the {@link BatchSettings}
 *                 ask for them
 */
public record Batch(
        int size,
        int height,
        int width,
        int channels,
        byte[] pixels,
        int[] labels,
        int[] examples,
        float[] targets,
        int[] secondLabels,
        float[] shares,
        byte[] masks,
        byte[] clean) {

    /** Without masks and clean pictures. */
    public Batch(
            int size,
            int height,
            int width,
            int channels,
            byte[] pixels,
            int[] labels,
            int[] examples,
            float[] targets,
            int[] secondLabels,
            float[] shares) {
        this(
                size,
                height,
                width,
                channels,
                pixels,
                labels,
                examples,
                targets,
                secondLabels,
                shares,
                new byte[0],
                new byte[0]);
    }

    /** Of a classification, without mixed pictures. */
    public Batch(int size, int height, int width, int channels, byte[] pixels, int[] labels, int[] examples) {
        this(size, height, width, channels, pixels, labels, examples, new float[0], new int[0], new float[0]);
    }
}
