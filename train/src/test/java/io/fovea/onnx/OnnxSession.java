package io.fovea.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the bytes of an ONNX file in ONNX Runtime, for tests. */
public final class OnnxSession implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /** Opens the model, as every user of the file does, with the optimisations of ONNX Runtime. */
    public OnnxSession(byte[] model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = environment.createSession(model, options);
        }
    }

    /** Returns one output for pictures of shape {@code axes}, flat. */
    public float[] output(String name, float[] pictures, long... axes) throws OrtException {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pictures), axes);
                OrtSession.Result result = session.run(Map.of(OnnxWriter.INPUT, input))) {
            FloatBuffer values = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
            float[] output = new float[values.remaining()];
            values.get(output);
            return output;
        }
    }

    /** Returns all outputs of floats for pictures of shape {@code axes}, flat. */
    public Map<String, float[]> all(float[] pictures, long... axes) throws OrtException {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pictures), axes);
                OrtSession.Result result = session.run(Map.of(OnnxWriter.INPUT, input))) {
            Map<String, float[]> outputs = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> each : result) {
                FloatBuffer values = ((OnnxTensor) each.getValue()).getFloatBuffer();
                if (values == null) continue;
                float[] output = new float[values.remaining()];
                values.get(output);
                outputs.put(each.getKey(), output);
            }
            return outputs;
        }
    }

    List<String> inputs() {
        return List.copyOf(session.getInputNames());
    }

    List<String> outputs() {
        return List.copyOf(session.getOutputNames());
    }

    Map<String, String> metadata() throws OrtException {
        return session.getMetadata().getCustomMetadata();
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
