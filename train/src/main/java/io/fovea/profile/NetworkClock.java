package io.fovea.profile;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.fovea.file.NativeLibraries;
import io.fovea.network.Shape;
import io.fovea.onnx.OnnxWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** A network in ONNX Runtime, set as {@code predict} sets it, that is run for the time it takes. For one thread at a time; close it. */
public final class NetworkClock implements AutoCloseable {

    private final OrtSession session;
    private final OnnxTensor input;
    private final Set<String> output;

    /**
     * Loads a network.
     *
     * @param output which is computed
     * @throws IllegalStateException if ONNX Runtime does not take it
     */
    public NetworkClock(byte[] onnx, Shape picture, String output, int threads) {
        NativeLibraries.unpackOnnxRuntime();
        this.output = Set.of(output);
        int count = Math.toIntExact(picture.count());
        FloatBuffer values = ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < count; i++) values.put(i, (float) random.nextDouble());
        try {
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, OrtEnvironment.DEFAULT_NAME);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(threads);
                options.setInterOpNumThreads(1);
                options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
                options.addConfigEntry("session.intra_op.allow_spinning", "0");
                session = environment.createSession(onnx, options);
            }
            input = OnnxTensor.createTensor(
                    environment, values, new long[] {1, picture.size(0), picture.size(1), picture.size(2)});
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not take the network: " + e.getMessage(), e);
        }
    }

    /** Runs it once and returns the nanoseconds. */
    public long nanos() {
        long start = System.nanoTime();
        try {
            OrtSession.Result result = session.run(Map.of(OnnxWriter.INPUT, input), output);
            long nanos = System.nanoTime() - start;
            result.close();
            return nanos;
        } catch (OrtException e) {
            throw new IllegalStateException("The network cannot be run: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            input.close();
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
