package io.fovea.transfer;

import io.fovea.batch.Batch;
import io.fovea.export.OnnxRun;
import io.fovea.export.OnnxWriter;
import io.fovea.image.Preprocessing;
import io.fovea.network.Inference;
import java.util.Map;

/** Runs a backbone in ONNX Runtime: any network, on any processor. */
final class OnnxFeatureExtractor implements FeatureExtractor {

    /** Pictures per run: enough to fill the threads, few enough to stay in the processor's caches. */
    private static final int BATCH_SIZE = 8;

    private final OnnxRun run;

    /** Loads the backbone. */
    OnnxFeatureExtractor(Backbone backbone, Preprocessing preprocessing, int threads) {
        checkInput(backbone, preprocessing);
        byte[] onnx = OnnxWriter.write(backbone.network(), backbone.weights(), Map.of());
        run = new OnnxRun(onnx, preprocessing, Map.of(OnnxWriter.LOGITS, backbone.features()), BATCH_SIZE, threads);
    }

    private static void checkInput(Backbone backbone, Preprocessing preprocessing) {
        int[] expected = backbone.network().input().sizes();
        if (expected[0] != preprocessing.channels()
                || expected[1] != preprocessing.height()
                || expected[2] != preprocessing.width()) {
            throw new IllegalArgumentException("Expected pictures "
                    + Inference.of(backbone.network()).input()
                    + ", found a preprocessing of [" + preprocessing.channels() + ", " + preprocessing.height() + ", "
                    + preprocessing.width() + "]");
        }
    }

    @Override
    public int batchSize() {
        return BATCH_SIZE;
    }

    @Override
    public void extract(Batch batch, float[] values, int offset) {
        run.run(batch.pixels(), batch.size());
        run.copy(OnnxWriter.LOGITS, batch.size(), values, offset);
    }

    @Override
    public void close() {
        run.close();
    }
}
