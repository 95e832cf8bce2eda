package io.fovea.repository;

import io.fovea.codec.PictureLimits;
import java.util.Objects;

/**
 * What each model may take of the machine.
 *
 * @param places   pictures of a model that may be under way at once
 * @param batch    the most pictures that are computed together
 * @param workers  batches of a model that are computed at once; 0: one for each processor
 * @param threads  that compute one batch; 0: one where several workers share the processors, else as the network asks for
 * @param decoders pictures, of all models, that are decoded at once; 0: one for each processor
 * @param limits   what a picture may cost
 */
public record RepositorySettings(int places, int batch, int workers, int threads, int decoders, PictureLimits limits) {

    /** What a picture may cost unless the memory is smaller. */
    private static final PictureLimits MOST = new PictureLimits(32 << 20, 64_000_000);

    /** What decoding takes for a pixel, for a moment. */
    private static final int BYTES_PER_PIXEL = 12;

    /** Usual ones. */
    public static final RepositorySettings USUAL = new RepositorySettings(256, 16, 0, 0, 0, MOST);

    /** Checks, and lowers the limit of a picture so that those that are decoded at once take half of the memory at most. */
    public RepositorySettings {
        Objects.requireNonNull(limits, "limits");
        if (places < 1 || batch < 1 || workers < 0 || threads < 0 || decoders < 0)
            throw new IllegalArgumentException("places and batch must be at least 1, workers, threads and decoders 0");
        if (batch > places)
            throw new IllegalArgumentException(
                    "A batch of " + batch + " never comes together in " + places + " places");
        int processors = Runtime.getRuntime().availableProcessors();
        if (workers == 0) workers = processors;
        if (threads == 0 && workers > 1)
            threads = 1; // batches side by side lose less to waiting than threads within one
        if (decoders == 0) decoders = processors;
        long most = Runtime.getRuntime().maxMemory() / 2 / decoders / BYTES_PER_PIXEL;
        if (limits.maximumPixels() > most) limits = new PictureLimits(limits.maximumBytes(), Math.max(1, most));
    }

    /** Returns the same with other bounds of the queue. */
    public RepositorySettings withQueue(int places, int batch, int workers) {
        return new RepositorySettings(places, batch, workers, threads, decoders, limits);
    }

    /** Returns the same with another number of threads for a batch. */
    public RepositorySettings withThreads(int threads) {
        return new RepositorySettings(places, batch, workers, threads, decoders, limits);
    }
}
