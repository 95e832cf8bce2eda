package io.fovea.batching;

/**
 * How much a queue takes on.
 *
 * @param places  how many pictures may be under way at once, from the moment they are accepted until they are answered
 * @param batch   the most pictures that are computed together
 * @param workers how many batches are computed at once
 */
public record QueueLimits(int places, int batch, int workers) {

    /** Checks. */
    public QueueLimits {
        if (places < 1 || batch < 1 || workers < 1)
            throw new IllegalArgumentException(
                    "Places, batch and workers must be at least 1: " + places + ", " + batch + ", " + workers);
    }
}
