package io.fovea.transfer;

import io.fovea.batch.Batch;
import io.fovea.image.Preprocessing;
import io.fovea.network.Inference;
import io.fovea.onnx.OnnxRun;
import io.fovea.onnx.OnnxWriter;
import java.util.Arrays;
import java.util.Map;

/** Runs a backbone in ONNX Runtime: any network, on any processor. */
final class OnnxFeatureExtractor implements FeatureExtractor {

    /** Pictures per run: enough to fill the threads, few enough to stay in the processor's caches. */
    private static final int BATCH_SIZE = 8;

    private final OnnxRun run;
    private final int features;

    /** Loads the backbone. */
    OnnxFeatureExtractor(Backbone backbone, Preprocessing preprocessing, int threads) {
        checkInput(backbone, preprocessing);
        features = backbone.features();
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
    public void extract(Batch batch, float[] values, int offset) {
        int picture = batch.height() * batch.width() * batch.channels();
        for (int from = 0; from < batch.size(); from += BATCH_SIZE) {
            int size = Math.min(BATCH_SIZE, batch.size() - from);
            run.run(Arrays.copyOfRange(batch.pixels(), from * picture, (from + size) * picture), size);
            run.copy(OnnxWriter.LOGITS, size, values, offset + from * features);
        }
    }

    @Override
    public void close() {
        run.close();
    }
}
