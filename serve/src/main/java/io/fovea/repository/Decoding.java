package io.fovea.repository;

import io.fovea.batching.BatchQueue;
import io.fovea.codec.PictureLimits;
import io.fovea.predict.Decoder;
import io.fovea.predict.PlacedPicture;
import io.fovea.problem.Problem;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Decodes pictures, a few at once, whoever they are for. Threads share it. */
final class Decoding {

    private static final long LOOK_MILLISECONDS = 50;

    private final Semaphore free;
    private final RepositorySettings settings;

    Decoding(RepositorySettings settings) {
        this.settings = settings;
        this.free = new Semaphore(settings.decoders(), true);
    }

    PictureLimits limits() {
        return settings.limits();
    }

    /**
     * Returns a picture ready for a model.
     *
     * @throws Problem if it is none within the limits
     * @throws io.fovea.batching.Rejection if its turn does not come before the deadline, or the caller goes away
     */
    PlacedPicture place(Decoder decoder, byte[] picture, String name, BatchQueue<?, ?>.Place place) {
        try {
            while (!free.tryAcquire(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) place.checkWanted();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        try {
            return decoder.place(picture, name, settings.limits());
        } finally {
            free.release();
        }
    }
}
