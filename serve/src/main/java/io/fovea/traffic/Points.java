package io.fovea.traffic;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Points of [0, 1) for requests. Threads share it.
 *
 * <p>The n-th request has the fractional part of n·a, a an irrational number: any share of [0, 1) gets its part of any run of requests to within
 * a few, which chance gives only in the long run. Two sequences of numbers that are independent, as the golden ratio and √2 are over the
 * rationals, do so in pairs too: who is mirrored says nothing of who answers.
 *
 * <p>Source: Weyl 1916, "Über die Gleichverteilung von Zahlen mod. Eins"; Knuth, The Art of Computer Programming 3, 6.4, on the golden ratio.
 */
final class Points {

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L; // its fractional part times 2^64, odd
    private static final long ROOT_OF_TWO = 0x6A09E667F3BCC909L; // likewise

    private static final double UNIT = 0x1p-53;

    private final AtomicLong sum = new AtomicLong();
    private final long step;

    private Points(long step) {
        this.step = step;
    }

    /** Returns points for who answers. */
    static Points ofSplit() {
        return new Points(GOLDEN_RATIO);
    }

    /** Returns points for who is mirrored. */
    static Points ofShadow() {
        return new Points(ROOT_OF_TWO);
    }

    /** Returns the next request's point. */
    double next() {
        return unit(sum.addAndGet(step));
    }

    /** Returns the point of a key, which is the same everywhere: the first 64 bits of the SHA-256 of name, a zero, and key. */
    static double of(String name, String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] hash = digest.digest(key.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) bits = bits << 8 | hash[i] & 0xff;
            return unit(bits);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    private static double unit(long bits) {
        return (bits >>> 11) * UNIT;
    }
}
