package io.fovea.batch;

import io.fovea.dataset.SplitMix;

/**
 * Mixes every picture of a batch with the next one, the last with the first, by mixup or cutmix.
 *
 * <p>Formula, with λ from Beta(α, α) for each picture: mixup value ← λ·value + (1 − λ)·next, share = λ; cutmix sets a window in that has the
 * shape of the picture, (1 − λ) of its area and its centre anywhere, cut off at the edges, share = 1 − (area set in) / (H·W). Targets of a
 * regression become share·target + (1 − share)·next as well; masks get the same window set in. Orders for training are random, so the next picture is any other one.
 *
 * <p>Not for several threads.
 *
 * <p>Source: Zhang et al. 2018, arXiv:1710.09412, equation 2; Yun et al. 2019, arXiv:1905.04899, equations 1 and 2.
 */
final class BatchMixing {

    private static final int FRACTION_BITS = 16;
    private static final int ONE = 1 << FRACTION_BITS;

    private final BetaDistribution mixup;
    private final BetaDistribution cutmix;
    private final double mixupProbability;
    private final int height;
    private final int width;
    private final int channels;
    private final int targets;
    private final boolean hasMasks;
    private boolean blends;
    private double lambda;
    private int centreX;
    private int centreY;
    private int left;
    private int top;
    private int right;
    private int bottom;

    /** For settings that mix. */
    BatchMixing(Augmentation settings, PictureSource source) {
        // the one that is off is never drawn from, but needs an α above 0
        this.mixup = new BetaDistribution(settings.mixup() > 0 ? settings.mixup() : 1);
        this.cutmix = new BetaDistribution(settings.cutmix() > 0 ? settings.cutmix() : 1);
        if (settings.cutmix() == 0) mixupProbability = 1;
        else mixupProbability = settings.mixup() == 0 ? 0 : 0.5;
        this.height = source.height();
        this.width = source.width();
        this.channels = source.channels();
        this.targets = source.targets().size();
        this.hasMasks = source.hasMasks();
    }

    /**
     * Mixes the pictures of a part of a batch; writes their second labels and shares, or mixes their targets.
     *
     * @param buffer    the part, and behind it the picture that follows in the batch, after the last the first
     * @param from      where in the batch the part begins
     * @param size      of the part
     * @param random    the batch's, of which the pictures before the part take their draws too
     */
    void apply(BatchBuffer buffer, int from, int size, SplitMix random) {
        for (int before = 0; before < from; before++) draw(random);
        byte[] pixels = buffer.pixels();
        int bytes = height * width * channels;
        int area = height * width;
        for (int row = 0; row < size; row++) {
            draw(random);
            int next = row + 1;
            float share = blends ? blend(pixels, row * bytes, next * bytes) : setIn(pixels, row * bytes, next * bytes);
            if (hasMasks) {
                copyWindow(buffer.masks(), row * area, next * area, 1);
            } else if (targets == 0) {
                buffer.secondLabels()[row] = buffer.labels()[next];
                buffer.shares()[row] = share;
            } else {
                blend(buffer.targets(), row * targets, next * targets, share);
            }
        }
    }

    private void draw(SplitMix random) {
        blends = random.nextDouble() < mixupProbability;
        lambda = (blends ? mixup : cutmix).draw(random);
        if (blends) return;
        centreX = random.nextInt(width);
        centreY = random.nextInt(height);
    }

    private void blend(float[] values, int at, int nextAt, float share) {
        for (int i = 0; i < targets; i++) values[at + i] = share * values[at + i] + (1 - share) * values[nextAt + i];
    }

    private float blend(byte[] pixels, int at, int nextAt) {
        int share = (int) Math.rint(lambda * ONE);
        int rest = ONE - share;
        for (int i = 0; i < height * width * channels; i++) {
            int sum = share * (pixels[at + i] & 0xff) + rest * (pixels[nextAt + i] & 0xff);
            pixels[at + i] = (byte) (sum + ONE / 2 >> FRACTION_BITS);
        }
        return (float) share / ONE;
    }

    private float setIn(byte[] pixels, int at, int nextAt) {
        double side = Math.sqrt(1 - lambda);
        int windowWidth = (int) (width * side);
        int windowHeight = (int) (height * side);
        left = Math.max(0, centreX - windowWidth / 2);
        top = Math.max(0, centreY - windowHeight / 2);
        right = Math.min(width, centreX - windowWidth / 2 + windowWidth);
        bottom = Math.min(height, centreY - windowHeight / 2 + windowHeight);
        copyWindow(pixels, at, nextAt, channels);
        return 1 - (float) ((right - left) * (bottom - top)) / (height * width);
    }

    /** Copies the window that was drawn last; {@code depth} bytes a pixel. */
    private void copyWindow(byte[] values, int at, int nextAt, int depth) {
        for (int y = top; y < bottom; y++) {
            int row = (y * width + left) * depth;
            System.arraycopy(values, nextAt + row, values, at + row, (right - left) * depth);
        }
    }
}
