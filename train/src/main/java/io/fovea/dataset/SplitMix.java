package io.fovea.dataset;

import java.util.random.RandomGenerator;

/**
 * A random generator that can be set, without allocation, to a stream of its own for each picture of each epoch.
 *
 * <p>state ← state + γ; output = mix(state), γ = 2⁶⁴/φ, made odd. Written out here so that a stored seed means the same order on
 * every Java version. Not for use by several threads.
 *
 * <p>Source: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", doi:10.1145/2660193.2660195, figure 17;
 * constants of mix: Stafford's variant 13.
 */
public final class SplitMix implements RandomGenerator {

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** A generator that goes on from {@code seed}. */
    public SplitMix(long seed) {
        state = seed;
    }

    /** Goes on from the stream that belongs to this seed, epoch and position, whatever was drawn before. */
    public void restart(long seed, long epoch, long position) {
        state = mix(mix(mix(seed + GAMMA) + epoch + GAMMA) + position + GAMMA);
    }

    /** Goes on as a new generator of this seed would. */
    public void restart(long seed) {
        state = seed;
    }

    /**
     * Puts values into a random order, each as likely.
     *
     * <p>Source: Durstenfeld 1964, "Algorithm 235: Random permutation", doi:10.1145/364520.364540.
     */
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
