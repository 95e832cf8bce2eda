package io.fovea.dataset;

import java.util.random.RandomGenerator;

/**
 * Changes the values of a picture: contrast, brightness and negative by one table of 256 entries, then noise.
 *
 * <p>Steps are collected ({@link #begin}, {@link #contrast} …) as value ← factor·value + offset and carried out at once by
 * {@link #apply}, rounded and limited to 0 … 255 at the end only. Holds scratch memory; not for several threads.
 */
final class ToneChange {

    private final int length;
    private final byte[] table = new byte[256];
    private double factor;
    private double offset;
    private double mean;

    /** For pictures of {@code length} = H·W·C values. */
    ToneChange(int length) {
        this.length = length;
    }

    /** Forgets all steps and takes the mean of the picture that starts at {@code start}. */
    void begin(byte[] pixels, int start) {
        factor = 1;
        offset = 0;
        long sum = 0;
        for (int i = start; i < start + length; i++) sum += pixels[i] & 0xff;
        mean = (double) sum / length;
    }

    /** Multiplies the distance of every value from the picture's mean, over all channels. */
    void contrast(double times) {
        factor *= times;
        offset = times * offset + (1 - times) * mean;
    }

    /** Adds a fraction of full range. */
    void brightness(double fraction) {
        offset += 255 * fraction;
    }

    /** Takes the negative: 255 − value. */
    void invert() {
        factor = -factor;
        offset = 255 - offset;
    }

    /** Carries the steps out on the picture that starts at {@code start}. */
    void apply(byte[] pixels, int start) {
        if (factor == 1 && offset == 0) return;
        for (int value = 0; value < 256; value++) table[value] = limited(factor * value + offset);
        for (int i = start; i < start + length; i++) pixels[i] = table[pixels[i] & 0xff];
    }

    /** Adds Gaussian noise with this standard deviation, a fraction of full range, to each value. */
    void noise(double std, RandomGenerator random, byte[] pixels, int start) {
        for (int i = start; i < start + length; i++) {
            pixels[i] = limited((pixels[i] & 0xff) + 255 * std * random.nextGaussian());
        }
    }

    private static byte limited(double value) {
        return (byte) Math.clamp(Math.rint(value), 0.0, 255.0);
    }
}
