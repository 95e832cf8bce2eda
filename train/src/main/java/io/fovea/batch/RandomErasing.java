package io.fovea.batch;

import io.fovea.dataset.SplitMix;

/**
 * Fills a window of a picture with random values, each drawn evenly from 0 … 255.
 *
 * <p>The window has 2 to 40 % of the picture's area and 0.3 to 1/0.3 of its shape; where ten drawn sizes do not fit, nothing is erased.
 * Holds state; not for several threads.
 *
 * <p>Source: Zhong et al. 2017, arXiv:1708.04896, algorithm 1 and section 4.1 (random values); the shape evenly by its logarithm.
 */
final class RandomErasing {

    private static final double SMALLEST_AREA = 0.02;
    private static final double LARGEST_AREA = 0.4;
    private static final double SMALLEST_SHAPE = 0.3;

    private final RandomWindow window;
    private final int rowBytes;
    private final int channels;

    RandomErasing(int height, int width, int channels) {
        this.window = new RandomWindow(height, width);
        this.rowBytes = width * channels;
        this.channels = channels;
    }

    /** Fills a window of the picture [H, W, C] that starts at {@code offset}. */
    void apply(byte[] pixels, int offset, SplitMix random) {
        if (!window.draw(SMALLEST_AREA, LARGEST_AREA, SMALLEST_SHAPE, 1 / SMALLEST_SHAPE, random)) return;
        for (int row = 0; row < window.height(); row++) {
            int from = offset + (window.top() + row) * rowBytes + window.left() * channels;
            fill(pixels, from, from + window.width() * channels, random);
        }
    }

    private static void fill(byte[] pixels, int from, int to, SplitMix random) {
        long values = 0;
        for (int i = from; i < to; i++) {
            // eight values from each draw
            if ((i - from) % Long.BYTES == 0) values = random.nextLong();
            pixels[i] = (byte) values;
            values >>>= Byte.SIZE;
        }
    }
}
