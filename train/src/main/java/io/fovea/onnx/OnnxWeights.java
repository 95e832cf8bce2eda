package io.fovea.onnx;

import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/** Reads some weights back from an ONNX file that {@link OnnxWriter} wrote, also one whose bundle does not describe its network. */
public final class OnnxWeights {

    private OnnxWeights() {}

    /**
     * Returns the tensors of these names; of those that are kept as whole numbers the floats that these stand for.
     *
     * @param where what problems name
     * @throws Problem if it is no ONNX file, or one is missing
     */
    public static Weights read(byte[] onnx, List<String> names, String where) {
        try {
            OnnxTensors tensors = OnnxTensors.read(onnx);
            List<NamedTensor> read = new ArrayList<>();
            for (String name : names) {
                read.add(tensors.tensor(name)
                        .orElseThrow(() -> new IllegalArgumentException("there is no tensor \"" + name + "\"")));
            }
            return new Weights(read);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    "The network's weights cannot be read: " + e.getMessage() + ".",
                    where,
                    "make the model again, or copy the file again from where it came from",
                    e);
        }
    }
}
