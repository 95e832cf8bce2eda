package io.fovea.training;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Order;
import java.util.Objects;

/**
 * How training pictures come to a step.
 *
 * @param batchSize    N of a forward pass; the last batch of an epoch may be smaller
 * @param sampling     which pictures an epoch takes, in which order
 * @param augmentation random changes to training pictures
 */
public record PictureSettings(int batchSize, Order sampling, Augmentation augmentation) {

    /** Checks ranges. */
    public PictureSettings {
        if (batchSize < 1) throw new IllegalArgumentException("batchSize must be at least 1: " + batchSize);
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(augmentation, "augmentation");
    }
}
