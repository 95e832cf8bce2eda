package io.fovea.adopt;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.fovea.file.NativeLibraries;
import io.fovea.problem.Problem;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An ONNX file of anybody in ONNX Runtime, asked about floats. For one thread; close it. */
final class OnnxSessionRun implements AutoCloseable {

    /** An output: its axes with N, and its numbers. */
    record Output(long[] axes, float[] values) {}

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String where;

    /**
     * Loads a file.
     *
     * @throws Problem if ONNX Runtime does not take it
     */
    OnnxSessionRun(byte[] onnx, String where) {
        NativeLibraries.unpackOnnxRuntime();
        this.where = where;
        environment =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, OrtEnvironment.DEFAULT_NAME);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1); // the same sums on every machine
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            session = environment.createSession(onnx, options);
        } catch (OrtException e) {
            throw new Problem(
                    "ONNX Runtime does not take the network: " + e.getMessage() + ".",
                    where,
                    "export it with an operator set of ONNX up to 22, and without operators of other domains",
                    e);
        }
    }

    Map<String, NodeInfo> inputs() {
        try {
            return session.getInputInfo();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    Map<String, NodeInfo> outputs() {
        try {
            return session.getOutputInfo();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** Returns the named outputs that are floats. */
    Map<String, Output> run(String input, float[] values, long[] axes, Set<String> names) {
        try (OnnxTensor picture = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), axes);
                OrtSession.Result result = session.run(Map.of(input, picture), names)) {
            Map<String, Output> found = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> each : result) {
                if (!(each.getValue() instanceof OnnxTensor tensor)) continue;
                FloatBuffer buffer = tensor.getFloatBuffer();
                if (buffer == null) continue;
                float[] numbers = new float[buffer.remaining()];
                buffer.get(numbers);
                found.put(each.getKey(), new Output(tensor.getInfo().getShape(), numbers));
            }
            return found;
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private Problem failed(OrtException e) {
        return new Problem(
                "ONNX Runtime cannot run the network: "
                        + e.getMessage().strip().replaceAll("\\s+", " ").replaceAll("\\.+$", "") + ".",
                where,
                "check that it takes one picture of floats and nothing else; --size says a size that it leaves free",
                e);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }
}
