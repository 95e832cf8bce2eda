package io.fovea.batch;

import io.fovea.dataset.SplitMix;

/**
 * Mixes every picture of a batch with the next one, the last with the first, by mixup or cutmix.
 *
 * <p>Formula, with λ from Beta(α, α) for each picture: mixup value ← λ·value + (1 − λ)·next, share = λ; cutmix sets a window in that has the
 * shape of the picture, (1 − λ) of its area and its centre anywhere, cut off at the edges, share = 1 − (area set in) / (H·W). Targets of a
 * regression become share·target + (1 − share)·next as well; masks get the same window set in. Orders for training are random, so the next picture is any other one.
 *
 * <p>Holds one picture of scratch memory; not for several threads.
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
    private final byte[] firstPicture;
    private final float[] firstTargets;
    private final byte[] firstMask;
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
        this.firstPicture = new byte[height * width * channels];
        this.firstTargets = new float[source.targets().size()];
        this.firstMask = new byte[source.hasMasks() ? height * width : 0];
    }

    /** Mixes the first {@code size} pictures of a buffer; writes their second labels and shares, or mixes their targets. */
    void apply(BatchBuffer buffer, int size, SplitMix random) {
        byte[] pixels = buffer.pixels();
        float[] targets = buffer.targets();
        int bytes = firstPicture.length;
        int length = firstTargets.length;
        System.arraycopy(pixels, 0, firstPicture, 0, bytes);
        System.arraycopy(targets, 0, firstTargets, 0, length);
        byte[] masks = buffer.masks();
        int area = firstMask.length;
        System.arraycopy(masks, 0, firstMask, 0, area);
        for (int row = 0; row < size; row++) {
            int next = (row + 1) % size;
            boolean isLast = next == 0; // the first picture is not what it was any more
            float share = mix(pixels, row * bytes, isLast ? firstPicture : pixels, isLast ? 0 : next * bytes, random);
            if (area > 0) {
                copyWindow(masks, row * area, isLast ? firstMask : masks, isLast ? 0 : next * area, 1);
            } else if (length == 0) {
                buffer.secondLabels()[row] = buffer.labels()[next];
                buffer.shares()[row] = share;
            } else {
                blend(targets, row * length, isLast ? firstTargets : targets, isLast ? 0 : next * length, share);
            }
        }
    }

    private void blend(float[] targets, int at, float[] next, int nextAt, float share) {
        for (int i = 0; i < firstTargets.length; i++) {
            targets[at + i] = share * targets[at + i] + (1 - share) * next[nextAt + i];
        }
    }

    private float mix(byte[] pixels, int at, byte[] next, int nextAt, SplitMix random) {
        return random.nextDouble() < mixupProbability
                ? blend(pixels, at, next, nextAt, mixup.draw(random))
                : setIn(pixels, at, next, nextAt, cutmix.draw(random), random);
    }

    private float blend(byte[] pixels, int at, byte[] next, int nextAt, double lambda) {
        int share = (int) Math.rint(lambda * ONE);
        int rest = ONE - share;
        for (int i = 0; i < firstPicture.length; i++) {
            int sum = share * (pixels[at + i] & 0xff) + rest * (next[nextAt + i] & 0xff);
            pixels[at + i] = (byte) (sum + ONE / 2 >> FRACTION_BITS);
        }
        return (float) share / ONE;
    }

    private float setIn(byte[] pixels, int at, byte[] next, int nextAt, double lambda, SplitMix random) {
        double side = Math.sqrt(1 - lambda);
        int windowWidth = (int) (width * side);
        int windowHeight = (int) (height * side);
        int centreX = random.nextInt(width);
        int centreY = random.nextInt(height);
        left = Math.max(0, centreX - windowWidth / 2);
        top = Math.max(0, centreY - windowHeight / 2);
        right = Math.min(width, centreX - windowWidth / 2 + windowWidth);
        bottom = Math.min(height, centreY - windowHeight / 2 + windowHeight);
        copyWindow(pixels, at, next, nextAt, channels);
        return 1 - (float) ((right - left) * (bottom - top)) / (height * width);
    }

    /** Copies the window that was drawn last; {@code depth} bytes a pixel. */
    private void copyWindow(byte[] to, int at, byte[] from, int fromAt, int depth) {
        for (int y = top; y < bottom; y++) {
            int row = (y * width + left) * depth;
            System.arraycopy(from, fromAt + row, to, at + row, (right - left) * depth);
        }
    }
}
