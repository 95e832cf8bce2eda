package io.fovea.predict;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.fovea.file.NativeLibraries;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network in ONNX Runtime: one session that any number of threads runs, each with its own {@link Lane}. */
final class OnnxModel implements AutoCloseable {

    static final String INPUT = "input";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final long[] pictureShape; // [C, H, W]
    private final String where;

    private OnnxModel(OrtEnvironment environment, OrtSession session, long[] pictureShape, String where) {
        this.environment = environment;
        this.session = session;
        this.pictureShape = pictureShape;
        this.where = where;
    }

    /**
     * Loads a network.
     *
     * @param pictureShape [C, H, W] that the input must have
     * @param outputs      what it must give
     * @param where        what problems name
     * @throws Problem if ONNX Runtime does not take the network, or its input and outputs are others
     */
    static OnnxModel load(byte[] onnx, long[] pictureShape, List<ModelOutput> outputs, int threads, String where) {
        NativeLibraries.unpackOnnxRuntime();
        try {
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, OrtEnvironment.DEFAULT_NAME);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(threads);
                options.setInterOpNumThreads(1);
                options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
                // Threads that wait for the next prediction must not keep a processor busy meanwhile.
                options.addConfigEntry("session.intra_op.allow_spinning", "0");
                ExecutionProvider.addTo(options);
                OrtSession session = environment.createSession(onnx, options);
                OnnxModel model = new OnnxModel(environment, session, pictureShape, where);
                try {
                    model.checkShapes(outputs);
                } catch (Problem | OrtException e) {
                    session.close();
                    throw e;
                }
                return model;
            }
        } catch (OrtException e) {
            throw new Problem(
                    "ONNX Runtime does not take the network: " + e.getMessage(),
                    where,
                    "export the model again; its layers or its ONNX version may be newer than this ONNX Runtime",
                    e);
        }
    }

    private void checkShapes(List<ModelOutput> outputs) throws OrtException {
        check(session.getInputInfo(), INPUT, ModelOutput.Type.FLOAT32, pictureShape);
        for (ModelOutput output : outputs) {
            check(
                    session.getOutputInfo(),
                    output.name(),
                    output.type(),
                    output.shape().stream().mapToLong(Integer::longValue).toArray());
        }
    }

    private void check(Map<String, NodeInfo> nodes, String name, ModelOutput.Type type, long... expected) {
        NodeInfo node = nodes.get(name);
        if (node == null) throw unfit("The network has no \"" + name + "\", but " + nodes.keySet());
        if (!(node.getInfo() instanceof TensorInfo info)) throw unfit("\"" + name + "\" is not a tensor");
        OnnxJavaType numbers = type == ModelOutput.Type.FLOAT32 ? OnnxJavaType.FLOAT : OnnxJavaType.INT64;
        if (info.type != numbers) throw unfit("Expected \"" + name + "\" of type " + numbers + ", found " + info.type);
        long[] found = info.getShape();
        boolean fits = found.length == expected.length + 1 && found[0] == -1;
        for (int i = 0; fits && i < expected.length; i++) fits = found[i + 1] == -1 || found[i + 1] == expected[i];
        if (!fits) {
            throw unfit("Expected \"" + name + "\" of shape [N, "
                    + Arrays.toString(expected).substring(1) + ", found " + Arrays.toString(found));
        }
    }

    private Problem unfit(String what) {
        return new Problem(what, where, "export the model again: its network and its manifest do not fit each other");
    }

    /** Returns buffers for runs of {@code pictures} pictures that want these outputs. */
    Lane lane(int pictures, List<ModelOutput> outputs) {
        try {
            return new Lane(environment, pictures, pictureShape, outputs);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** Returns a lane for fewer pictures in the same memory. */
    Lane part(Lane lane, int pictures) {
        try {
            return lane.part(pictures);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** Computes the lane's outputs from its input. */
    void run(Lane lane) {
        try {
            // The outputs lie in the lane's own buffers; closing the result leaves them there.
            session.run(lane.inputs(), lane.outputs()).close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** Computes outputs from a lane's input, whatever outputs the lane has room for, and copies them behind what was collected before. */
    void run(Lane lane, Map<String, Collected> wanted) {
        try (OrtSession.Result result = session.run(lane.inputs(), wanted.keySet())) {
            for (Map.Entry<String, Collected> each : wanted.entrySet()) {
                OnnxTensor tensor = (OnnxTensor) result.get(each.getKey()).orElseThrow();
                long[] shape = tensor.getInfo().getShape();
                if (!Arrays.equals(shape, each.getValue().shape(lane.pictures())))
                    throw unfit("\"" + each.getKey() + "\" came out in the shape " + Arrays.toString(shape));
                each.getValue().add(tensor);
            }
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** An output of several runs, one behind the other. */
    static final class Collected {

        private final ModelOutput output;
        private final int pictures;
        private final float[] floats;
        private final long[] integers;
        private int at;

        /** Takes memory for {@code pictures} pictures. */
        Collected(ModelOutput output, int pictures) {
            this.output = output;
            this.pictures = pictures;
            int count = Math.multiplyExact(pictures, output.count());
            this.floats = new float[output.type() == ModelOutput.Type.FLOAT32 ? count : 0];
            this.integers = new long[output.type() == ModelOutput.Type.INT64 ? count : 0];
        }

        private void add(OnnxTensor tensor) {
            if (output.type() == ModelOutput.Type.FLOAT32) {
                FloatBuffer numbers = tensor.getFloatBuffer();
                int count = numbers.remaining();
                numbers.get(floats, at, count);
                at += count;
            } else {
                LongBuffer numbers = tensor.getLongBuffer();
                int count = numbers.remaining();
                numbers.get(integers, at, count);
                at += count;
            }
        }

        private long[] shape(int count) {
            return Lane.shape(count, output);
        }

        /** Returns all of it; nothing may be added any more. */
        Tensor tensor() {
            int[] shape =
                    Arrays.stream(shape(pictures)).mapToInt(Math::toIntExact).toArray();
            return output.type() == ModelOutput.Type.FLOAT32
                    ? Tensor.ofFloats(shape, floats)
                    : Tensor.ofIntegers(shape, integers);
        }
    }

    /** Returns whether the network decides by neighbours and shows them. */
    boolean showsNeighbours() {
        return session.getOutputNames().containsAll(NeighbourOutputs.OUTPUTS);
    }

    /** Computes, from the lane's input, the lane's outputs and everything that the network shows of its search. */
    NeighbourOutputs search(Lane lane) {
        Set<String> all = new HashSet<>(lane.outputs().keySet());
        all.addAll(NeighbourOutputs.OUTPUTS);
        try (OrtSession.Result result = session.run(lane.inputs(), all)) {
            return new NeighbourOutputs(lane.pictures(), result);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private Problem failed(OrtException e) {
        return new Problem("The network cannot be run: " + e.getMessage(), where, "export the model again", e);
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
