package io.fovea.predict;

import java.util.Objects;

/**
 * How a classifier runs.
 *
 * @param threads      how many threads compute one picture or batch
 * @param verification whether the golden pictures are replayed at load
 */
public record ClassifierOptions(int threads, Verification verification) {

    /** One thread per prediction, replay: best for many callers at once and for small networks. */
    public static final ClassifierOptions DEFAULT = new ClassifierOptions(1, Verification.REPLAY);

    /** Checks. */
    public ClassifierOptions {
        if (threads < 1) throw new IllegalArgumentException("threads must be at least 1: " + threads);
        Objects.requireNonNull(verification, "verification");
    }

    /** Returns these options with another number of threads. */
    public ClassifierOptions withThreads(int count) {
        return new ClassifierOptions(count, verification);
    }

    /** Returns these options with another verification. */
    public ClassifierOptions withVerification(Verification other) {
        return new ClassifierOptions(threads, other);
    }
}
