package io.fovea.dataset;

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
 */
public record Batch(int size, int height, int width, int channels, byte[] pixels, int[] labels, int[] examples) {}
