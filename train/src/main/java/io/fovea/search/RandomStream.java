package io.fovea.search;

import java.util.random.RandomGenerator;

/**
 * A sequence of random numbers whose position can be stored: xoshiro256++, its four words filled from a seed by SplitMix64.
 *
 * <p>Normal deviates are exact: {@link RandomGenerator#nextGaussian()} is McFarland's modified ziggurat (2016, Journal of Statistical
 * Computation and Simulation 86:7), which remembers nothing between draws.
 *
 * <p>Not for several threads.
 * <p>Source: Blackman and Vigna 2021, Scrambled linear pseudorandom number generators, arXiv:1805.01407, figure "xoshiro256++";
 * Steele, Lea and Flood 2014 (SplitMix).
 */
final class RandomStream implements RandomGenerator {

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private long a;
    private long b;
    private long c;
    private long d;

    RandomStream(long seed) {
        a = mix(seed + GOLDEN_RATIO);
        b = mix(seed + 2 * GOLDEN_RATIO);
        c = mix(seed + 3 * GOLDEN_RATIO);
        d = mix(seed + 4 * GOLDEN_RATIO);
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    public long nextLong() {
        long drawn = Long.rotateLeft(a + d, 23) + a;
        long shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = Long.rotateLeft(d, 45);
        return drawn;
    }

    /** Fills the array with independent draws of N(0, 1). */
    void fillNormal(double[] values) {
        for (int i = 0; i < values.length; i++) values[i] = nextGaussian();
    }

    /** Returns an array [n] of independent draws of N(0, 1). */
    double[] normal(int n) {
        double[] values = new double[n];
        fillNormal(values);
        return values;
    }

    /** The four words, to or from a state. */
    void pass(StateTape tape) {
        a = tape.count(a);
        b = tape.count(b);
        c = tape.count(c);
        d = tape.count(d);
    }
}
