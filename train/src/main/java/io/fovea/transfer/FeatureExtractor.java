package io.fovea.transfer;

import io.fovea.batch.Batch;
import io.fovea.image.Preprocessing;
import io.fovea.module.VectorPredictor;

/** A backbone that is run over pictures. For one thread at a time; close it. */
sealed interface FeatureExtractor extends AutoCloseable permits OnnxFeatureExtractor, VectorFeatureExtractor {

    /** Returns an extractor by the engine that is fastest for the backbone (docs/decisions/0009). */
    static FeatureExtractor of(Backbone backbone, Preprocessing preprocessing, int threads) {
        return VectorPredictor.supports(backbone.network())
                ? new VectorFeatureExtractor(backbone, preprocessing, threads)
                : new OnnxFeatureExtractor(backbone, preprocessing, threads);
    }

    /** Returns how many pictures a batch may have, and best has. */
    int batchSize();

    /** Writes the features [N, D] of a batch from {@code offset}. */
    void extract(Batch batch, float[] values, int offset);

    @Override
    void close();
}
