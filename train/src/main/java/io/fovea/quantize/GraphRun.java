package io.fovea.quantize;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.fovea.file.NativeLibraries;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A graph in ONNX Runtime that is asked for values of any shape, picture by picture. For one thread at a time; close it. */
final class GraphRun implements AutoCloseable {

    /** What ONNX Runtime may change about a graph before it runs it. */
    enum Optimization {
        /** Whatever is faster: whole numbers where a graph rounds to them. */
        ALL,
        /** Nothing: every node by itself, as written. */
        NONE
    }

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;

    /** Loads a graph with one input. */
    GraphRun(byte[] onnx, int threads, Optimization optimization) {
        NativeLibraries.unpackOnnxRuntime();
        try {
            environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, OrtEnvironment.DEFAULT_NAME);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(threads);
                options.setInterOpNumThreads(1);
                options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
                options.setOptimizationLevel(
                        optimization == Optimization.ALL
                                ? OrtSession.SessionOptions.OptLevel.ALL_OPT
                                : OrtSession.SessionOptions.OptLevel.NO_OPT);
                options.addConfigEntry("session.intra_op.allow_spinning", "0");
                session = environment.createSession(onnx, options);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not take the network: " + e.getMessage(), e);
        }
        input = session.getInputNames().iterator().next();
    }

    /** Returns the named values, each flat. */
    Map<String, float[]> run(float[] values, long[] shape, Collection<String> names) {
        try (OnnxTensor in = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
                OrtSession.Result result = session.run(Map.of(input, in), Set.copyOf(names))) {
            Map<String, float[]> found = new LinkedHashMap<>();
            for (String name : names) {
                FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
                float[] output = new float[buffer.remaining()];
                buffer.get(output);
                found.put(name, output);
            }
            return found;
        } catch (OrtException e) {
            throw new IllegalStateException("The network cannot be run: " + e.getMessage(), e);
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
