package io.fovea.format;

import io.fovea.weights.WeightPrecision;
import java.util.Locale;
import java.util.Optional;

/** A form in which a model leaves Fovea, with what can be chosen of it; what is not chosen is as the model has it. */
public sealed interface ModelFormat {

    /**
     * One ONNX file, for runtimes of any language.
     *
     * @param precision     of the numbers in the file; empty: 32 bits
     * @param preprocessing whether pictures are prepared in the file too; empty: outside
     * @param opset         the ONNX operator set, for older runtimes; empty: the model's own
     */
    record Onnx(Optional<WeightPrecision> precision, Optional<PreparationPlace> preprocessing, Optional<Integer> opset)
            implements ModelFormat {}

    /** The model file as it is, to be handed on. */
    record Bundle() implements ModelFormat {}

    /**
     * The weights for NumPy: an array for each tensor, in PyTorch's names and axes.
     *
     * @param precision of the numbers; empty: 32 bits
     */
    record Npz(Optional<WeightPrecision> precision) implements ModelFormat {}

    /**
     * The weights as safetensors, in PyTorch's names and axes.
     *
     * @param precision of the numbers; empty: 32 bits
     */
    record Safetensors(Optional<WeightPrecision> precision) implements ModelFormat {}

    /**
     * A folder that any web host can serve: a page that answers in the browser, by the same numbers, without sending a picture anywhere.
     *
     * @param precision of the network's weights; empty: 32 bits
     */
    record Web(Optional<WeightPrecision> precision) implements ModelFormat {}

    /** One TensorFlow Lite file in floats, for phones and small boards. */
    record Tflite() implements ModelFormat {}

    /**
     * A Maven artefact: a jar with the model, a class that loads it and an enum of its classes, and a POM, in the folders of a repository.
     *
     * @param coordinates {@code GROUP:ARTIFACT:VERSION}; empty: {@code fovea.models}, the model's name and its version in the workspace
     */
    record Jar(Optional<String> coordinates) implements ModelFormat {}

    /** Returns the word for it, as on the command line and in YAML. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
