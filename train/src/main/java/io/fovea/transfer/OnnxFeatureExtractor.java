package io.fovea.transfer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.fovea.dataset.Batch;
import io.fovea.export.OnnxWriter;
import io.fovea.image.Preprocessing;
import io.fovea.network.Inference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** Runs a backbone in ONNX Runtime: any network, on any processor. */
final class OnnxFeatureExtractor implements FeatureExtractor {

    /** Pictures per run: enough to fill the threads, few enough to stay in the processor's caches. */
    private static final int BATCH_SIZE = 8;

    private final Preprocessing preprocessing;
    private final float[][] tables;
    private final int features;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final FloatBuffer input;
    private final FloatBuffer output;

    /** Loads the backbone. */
    OnnxFeatureExtractor(Backbone backbone, Preprocessing preprocessing, int threads) {
        this.preprocessing = preprocessing;
        this.features = backbone.features();
        this.tables = new float[preprocessing.channels()][];
        for (int c = 0; c < tables.length; c++) tables[c] = preprocessing.table(c);
        checkInput(backbone, preprocessing);
        byte[] onnx = OnnxWriter.write(backbone.network(), backbone.weights(), Map.of());
        try {
            environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, OrtEnvironment.DEFAULT_NAME);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(threads);
                options.setInterOpNumThreads(1);
                options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
                session = environment.createSession(onnx, options);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not take the backbone: " + e.getMessage(), e);
        }
        input = direct(BATCH_SIZE * preprocessing.channels() * preprocessing.height() * preprocessing.width());
        output = direct(BATCH_SIZE * features);
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

    private static FloatBuffer direct(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public int batchSize() {
        return BATCH_SIZE;
    }

    @Override
    public void extract(Batch batch, float[] values, int offset) {
        run(batch);
        output.get(0, values, offset, batch.size() * features);
    }

    private void run(Batch batch) {
        int channels = preprocessing.channels();
        int area = preprocessing.height() * preprocessing.width();
        byte[] pixels = batch.pixels();
        for (int n = 0; n < batch.size(); n++) {
            for (int c = 0; c < channels; c++) {
                float[] table = tables[c];
                int to = (n * channels + c) * area;
                for (int i = 0, from = n * area * channels + c; i < area; i++, from += channels) {
                    input.put(to + i, table[pixels[from] & 0xff]);
                }
            }
        }
        long[] shape = {batch.size(), channels, preprocessing.height(), preprocessing.width()};
        long[] outputShape = {batch.size(), features};
        try (OnnxTensor in =
                        OnnxTensor.createTensor(environment, input.slice(0, batch.size() * channels * area), shape);
                OnnxTensor out =
                        OnnxTensor.createTensor(environment, output.slice(0, batch.size() * features), outputShape)) {
            session.run(Map.of(OnnxWriter.INPUT, in), Map.of(OnnxWriter.LOGITS, out))
                    .close();
        } catch (OrtException e) {
            throw new IllegalStateException("The backbone cannot be run: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
