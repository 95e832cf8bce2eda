package io.fovea.transfer;

import io.fovea.batch.Batch;

/** A backbone that is run over pictures. For one thread at a time; close it. */
sealed interface FeatureExtractor extends AutoCloseable permits OnnxFeatureExtractor, VectorFeatureExtractor {

    /** Writes the features [N, D] of a batch from {@code offset}. */
    void extract(Batch batch, float[] values, int offset);

    @Override
    void close();
}
