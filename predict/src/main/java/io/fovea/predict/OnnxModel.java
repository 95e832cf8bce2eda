package io.fovea.predict;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.fovea.file.NativeLibraries;
import io.fovea.problem.Problem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network in ONNX Runtime: one session that any number of threads runs, each with its own {@link Lane}. */
final class OnnxModel implements AutoCloseable {

    static final String INPUT = "input";
    /** The outputs of a classifier, each [N, K]; the first is what golden pictures are compared by. */
    static final List<String> LOGITS_AND_PROBABILITIES = List.of("logits", "probabilities");
    /** The output of a regressor, [N, T]. */
    static final List<String> VALUES = List.of("values");

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final long[] pictureShape; // [C, H, W]
    private final List<String> outputs;
    private final int[] widths;
    private final String where;

    private OnnxModel(
            OrtEnvironment environment,
            OrtSession session,
            long[] pictureShape,
            List<String> outputs,
            int[] widths,
            String where) {
        this.environment = environment;
        this.session = session;
        this.pictureShape = pictureShape;
        this.outputs = outputs;
        this.widths = widths;
        this.where = where;
    }

    /**
     * Loads a network.
     *
     * @param pictureShape [C, H, W] that the input must have
     * @param outputs      the names of the outputs it must have
     * @param widths       of these outputs, which they must have
     * @param where        what problems name
     * @throws Problem if ONNX Runtime does not take the network, or its input and outputs are others
     */
    static OnnxModel load(
            byte[] onnx, long[] pictureShape, List<String> outputs, int[] widths, int threads, String where) {
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
                OrtSession session = environment.createSession(onnx, options);
                OnnxModel model = new OnnxModel(environment, session, pictureShape, outputs, widths, where);
                try {
                    model.checkShapes();
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

    private void checkShapes() throws OrtException {
        check(session.getInputInfo(), INPUT, pictureShape);
        for (int i = 0; i < widths.length; i++) check(session.getOutputInfo(), outputs.get(i), widths[i]);
    }

    private void check(Map<String, NodeInfo> nodes, String name, long... expected) {
        NodeInfo node = nodes.get(name);
        if (node == null) throw unfit("The network has no \"" + name + "\", but " + nodes.keySet());
        if (!(node.getInfo() instanceof TensorInfo info)) throw unfit("\"" + name + "\" is not a tensor");
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

    /** Returns buffers for runs of {@code pictures} pictures. */
    Lane lane(int pictures) {
        try {
            return new Lane(environment, pictures, pictureShape, outputs, widths);
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

    /** Returns whether the network decides by neighbours and shows them. */
    boolean showsNeighbours() {
        return session.getOutputNames().containsAll(NeighbourOutputs.OUTPUTS);
    }

    private Set<String> searchOutputs() {
        Set<String> all = new HashSet<>(outputs);
        all.addAll(NeighbourOutputs.OUTPUTS);
        return all;
    }

    /** Computes, from the lane's input, everything that the network shows of its search. */
    NeighbourOutputs search(Lane lane) {
        try (OrtSession.Result result = session.run(lane.inputs(), searchOutputs())) {
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
