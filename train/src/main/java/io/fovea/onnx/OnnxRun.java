package io.fovea.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.fovea.file.NativeLibraries;
import io.fovea.image.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network in ONNX Runtime that is run over batches of prepared pictures. For one thread at a time; close it. */
public final class OnnxRun implements AutoCloseable {

    private final Preprocessing preprocessing;
    private final float[][] tables;
    private final int largest;
    private final Map<String, Integer> widths;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final FloatBuffer input;
    private final Map<String, FloatBuffer> outputs = new LinkedHashMap<>();

    /**
     * Loads a network.
     *
     * @param widths  of the outputs [N, width] that are computed, by name
     * @param largest pictures of a batch
     * @throws IllegalStateException if ONNX Runtime does not take it
     */
    public OnnxRun(byte[] onnx, Preprocessing preprocessing, Map<String, Integer> widths, int largest, int threads) {
        this.preprocessing = preprocessing;
        this.largest = largest;
        this.widths = new LinkedHashMap<>(widths);
        this.tables = new float[preprocessing.channels()][];
        for (int c = 0; c < tables.length; c++) tables[c] = preprocessing.table(c);
        NativeLibraries.unpackOnnxRuntime();
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
            throw new IllegalStateException("ONNX Runtime does not take the network: " + e.getMessage(), e);
        }
        input = direct(largest * preprocessing.channels() * preprocessing.height() * preprocessing.width());
        widths.forEach((name, width) -> outputs.put(name, direct(largest * width)));
    }

    private static FloatBuffer direct(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * Computes the outputs of a batch.
     *
     * @param pixels [N, H, W, C] of at least {@code count} pictures, prepared
     * @param count  at most the largest batch
     */
    public void run(byte[] pixels, int count) {
        int channels = preprocessing.channels();
        int area = preprocessing.height() * preprocessing.width();
        if (count > largest) throw new IllegalArgumentException("At most " + largest + " pictures, found " + count);
        for (int n = 0; n < count; n++) {
            for (int c = 0; c < channels; c++) {
                float[] table = tables[c];
                int to = (n * channels + c) * area;
                for (int i = 0, from = n * area * channels + c; i < area; i++, from += channels) {
                    input.put(to + i, table[pixels[from] & 0xff]);
                }
            }
        }
        long[] shape = {count, channels, preprocessing.height(), preprocessing.width()};
        Map<String, OnnxTensor> results = new LinkedHashMap<>();
        try (OnnxTensor in = OnnxTensor.createTensor(environment, input.slice(0, count * channels * area), shape)) {
            for (Map.Entry<String, FloatBuffer> output : outputs.entrySet()) {
                int width = widths.get(output.getKey());
                FloatBuffer part = output.getValue().slice(0, count * width);
                results.put(output.getKey(), OnnxTensor.createTensor(environment, part, new long[] {count, width}));
            }
            session.run(Map.of(OnnxWriter.INPUT, in), results).close();
        } catch (OrtException e) {
            throw new IllegalStateException("The network cannot be run: " + e.getMessage(), e);
        } finally {
            results.values().forEach(OnnxTensor::close);
        }
    }

    /** Copies an output [count, width] of the last batch to {@code offset}. */
    public void copy(String output, int count, float[] values, int offset) {
        outputs.get(output).get(0, values, offset, count * widths.get(output));
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
