package io.fovea.export;

import io.fovea.bundle.Measurement;
import io.fovea.bundle.Provenance;
import io.fovea.image.Preprocessing;
import io.fovea.network.Network;
import io.fovea.task.Task;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.Objects;

/**
 * What goes into a bundle.
 *
 * @param name          for people, for example {@code mnist-lenet}
 * @param network       the layers
 * @param weights       its parameters and buffers; of a quantised tensor the floats that stand for it
 * @param preprocessing as in training
 * @param task          what the network answers
 * @param golden        usually 16 pictures from the test split, with the trainer's outputs
 * @param measurements  what was measured on the test split
 * @param provenance    where the model comes from
 * @param quantized     those of the weights that are kept as whole numbers; usually none
 * @param references    what the references of a nearest-neighbour layer look like; {@link ReferencePictures#NONE} otherwise
 * @param weightsEntry  whether the weights are also written as safetensors
 */
public record BundleContents(
        String name,
        Network network,
        Weights weights,
        Preprocessing preprocessing,
        Task task,
        List<GoldenExample> golden,
        List<Measurement> measurements,
        Provenance provenance,
        List<QuantizedTensor> quantized,
        ReferencePictures references,
        WeightsEntry weightsEntry) {

    /** Checks and copies, and puts the quantised tensors' floats into the weights. */
    public BundleContents {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(provenance, "provenance");
        Objects.requireNonNull(references, "references");
        Objects.requireNonNull(weightsEntry, "weightsEntry");
        quantized = List.copyOf(quantized);
        weights = QuantizedTensor.into(Objects.requireNonNull(weights, "weights"), quantized);
        golden = List.copyOf(golden);
        measurements = List.copyOf(measurements);
    }

    /** With the weights in the ONNX file alone. */
    public BundleContents(
            String name,
            Network network,
            Weights weights,
            Preprocessing preprocessing,
            Task task,
            List<GoldenExample> golden,
            List<Measurement> measurements,
            Provenance provenance,
            List<QuantizedTensor> quantized,
            ReferencePictures references) {
        this(
                name,
                network,
                weights,
                preprocessing,
                task,
                golden,
                measurements,
                provenance,
                quantized,
                references,
                WeightsEntry.LEFT_OUT);
    }

    /** With all weights as floats, in the ONNX file alone, and no pictures of references. */
    public BundleContents(
            String name,
            Network network,
            Weights weights,
            Preprocessing preprocessing,
            Task task,
            List<GoldenExample> golden,
            List<Measurement> measurements,
            Provenance provenance) {
        this(
                name,
                network,
                weights,
                preprocessing,
                task,
                golden,
                measurements,
                provenance,
                List.of(),
                ReferencePictures.NONE);
    }
}
