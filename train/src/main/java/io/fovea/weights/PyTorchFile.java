package io.fovea.weights;

import io.fovea.problem.Problem;
import io.fovea.weights.PickledValue.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights as PyTorch writes them, read without Python and without running anything: the zip since 1.6, the stream of pickles
 * before it, and the tar archive of 2016.
 *
 * <p>A pickle is a program that may import and call whatever it names. Here it is followed as a description of values; a name that
 * is no part of weights is refused before any tensor is read. Weights under {@code state_dict}, {@code model} and the like are
 * found; shared storages, strides and offsets are followed; every number type becomes floats (see {@link NamedTensor}).
 *
 * <p>Damaged files give a {@link Problem}; no claimed size is believed that the file's length does not bear out. Threads may share
 * this class.
 */
public final class PyTorchFile {

    private PyTorchFile() {}

    /**
     * Reads every tensor under its name in the file; deeper ones are named by their path, {@code layer1.0.weight}.
     *
     * @throws Problem if the file is missing, damaged, not PyTorch's, or names what weights do not need
     */
    public static Weights read(Path file) {
        WeightFile read = WeightFile.read(file);
        return switch (read.form()) {
            case PYTORCH_ZIP, PYTORCH_STREAM, PYTORCH_TAR -> read.weights();
            case SAFETENSORS, NPZ ->
                throw new Problem(
                        "Expected a file of PyTorch, found one of the form " + read.form(),
                        file.toString(),
                        "read it by its own reader, or by WeightFile");
        };
    }

    /** Returns the tensors that the pickle itself describes, which outside of the tar form are all. */
    static Map<String, Tensor> described(StateDictionary found, String file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        found.tensors().forEach((name, value) -> {
            if (!(value instanceof Tensor tensor)) {
                throw ByteSource.broken("The tensor \"" + name + "\" refers to nothing", file, null);
            }
            tensors.put(name, tensor);
        });
        return tensors;
    }
}
