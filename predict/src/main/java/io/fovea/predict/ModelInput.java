package io.fovea.predict;

import io.fovea.task.ModelOutput;
import java.util.List;
import java.util.Objects;

/**
 * An input of the network by its name in {@code model.onnx}.
 *
 * @param name  in the ONNX file: {@code input}
 * @param type  of its numbers
 * @param shape for one picture, [C, H, W]; the batch axis N comes before it
 */
public record ModelInput(String name, ModelOutput.Type type, List<Integer> shape) {

    /** Checks and copies. */
    public ModelInput {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        shape = List.copyOf(shape);
    }
}
