package io.fovea.transfer;

import io.fovea.batch.Batch;
import io.fovea.image.Preprocessing;
import io.fovea.module.VectorPredictor;
import io.fovea.thread.Workers;

/** Runs a backbone in the project's own kernels, which need fewer multiplications for 3x3 convolutions. */
final class VectorFeatureExtractor implements FeatureExtractor {

    private final Workers workers;
    private final VectorPredictor predictor;

    VectorFeatureExtractor(Backbone backbone, Preprocessing preprocessing, int threads) {
        workers = new Workers(threads);
        predictor = new VectorPredictor(backbone.network(), preprocessing, backbone.weights(), workers);
    }

    @Override
    public void extract(Batch batch, float[] values, int offset) {
        float[] outputs = predictor.outputs(batch.pixels(), batch.size());
        System.arraycopy(outputs, 0, values, offset, batch.size() * predictor.outputs());
    }

    @Override
    public void close() {
        workers.close();
    }
}
