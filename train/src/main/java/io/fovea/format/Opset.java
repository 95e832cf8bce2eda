package io.fovea.format;

import ai.onnx.proto.OnnxMl;
import io.fovea.onnx.OnnxGraph;
import io.fovea.problem.Problem;
import java.util.Map;
import java.util.Optional;

/**
 * The ONNX operator set that a file asks of its runtime.
 *
 * <p>What Fovea's networks are written with means the same from set 13 to set 17; a number is all that changes. Weights of four bits are
 * the exception: no set before 21 has them.
 *
 * <p>Source: ONNX, docs/Changelog.md (since which set an operator has its form), docs/Versioning.md (intermediate representations).
 */
final class Opset {

    /** The first that has softmax, batch norms and clips in the form that networks are written with. */
    static final int OLDEST = 13;

    /** The newest whose sums over axes take these as an attribute. */
    static final int NEWEST = 17;

    /** Intermediate representations by the set they came with. */
    private static final Map<Integer, Integer> REPRESENTATIONS = Map.of(13, 7, 14, 7, 15, 8, 16, 8, 17, 8);

    private Opset() {}

    /** Has a file ask for a set, or says why it cannot. */
    static void lower(OnnxMl.ModelProto.Builder file, int version, PreparationPlace place, String where) {
        if (version < OLDEST || version > NEWEST) {
            throw new Problem(
                    "ONNX files are written for the operator sets " + OLDEST + " to " + NEWEST + ", not for " + version
                            + ".",
                    "option --opset",
                    "name one of these; a runtime reads files of earlier sets too");
        }
        if (place == PreparationPlace.INSIDE) {
            throw new Problem(
                    "Preparing a picture takes operator set " + PictureInput.OPERATOR_SET + ", not " + version
                            + ": no earlier one scales with antialiasing.",
                    "options --opset and --preprocessing inside",
                    "leave one of them out");
        }
        fourBits(file.getGraph()).ifPresent(tensor -> {
            throw new Problem(
                    "The weights of layer \"" + tensor.replaceFirst("\\.[^.]*$", "")
                            + "\" are numbers of four bits, which operator set " + version + " does not have.",
                    where,
                    "make the hybrid with an engine size that eight bits fit, or leave --opset out");
        });
        file.clearOpsetImport()
                .addOpsetImport(
                        OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(version))
                .setIrVersion(REPRESENTATIONS.get(version));
    }

    private static Optional<String> fourBits(OnnxMl.GraphProto graph) {
        return graph.getInitializerList().stream()
                .filter(tensor -> tensor.getDataType() == OnnxGraph.INT4)
                .map(OnnxMl.TensorProto::getName)
                .findFirst();
    }
}
