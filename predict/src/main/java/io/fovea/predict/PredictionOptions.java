package io.fovea.predict;

import java.util.Objects;

/**
 * How a loaded model runs.
 *
 * @param threads      how many threads compute one prediction; {@link #AUTOMATIC} decides by the size of the network
 * @param verification whether the golden pictures are replayed at load
 * @param listener     what hears of its work
 */
public record PredictionOptions(int threads, Verification verification, PredictionListener listener) {

    /**
     * As many threads as the network can feed: one below {@value #SMALL_NETWORK} multiply-accumulates per picture, where handing
     * work over costs more than it saves, else one for each processor.
     */
    public static final int AUTOMATIC = 0;

    /** Threads chosen automatically, golden pictures replayed, nobody hears. */
    public static final PredictionOptions DEFAULT =
            new PredictionOptions(AUTOMATIC, Verification.REPLAY, PredictionListener.NONE);

    private static final long SMALL_NETWORK = 20_000_000;

    /** Checks. */
    public PredictionOptions {
        if (threads < 0) throw new IllegalArgumentException("threads must be at least 1, or AUTOMATIC (0): " + threads);
        Objects.requireNonNull(verification, "verification");
        Objects.requireNonNull(listener, "listener");
    }

    /** Returns these options with another number of threads. */
    public PredictionOptions withThreads(int count) {
        return new PredictionOptions(count, verification, listener);
    }

    /** Returns these options with another verification. */
    public PredictionOptions withVerification(Verification other) {
        return new PredictionOptions(threads, other, listener);
    }

    /** Returns these options with another listener. */
    public PredictionOptions withListener(PredictionListener other) {
        return new PredictionOptions(threads, verification, other);
    }

    /** Returns the number of threads for a network of that many multiply-accumulates per picture. */
    int threadsFor(long multiplyAccumulates) {
        if (threads != AUTOMATIC) return threads;
        return multiplyAccumulates < SMALL_NETWORK ? 1 : Runtime.getRuntime().availableProcessors();
    }
}
