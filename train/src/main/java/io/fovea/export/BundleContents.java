package io.fovea.export;

import io.fovea.bundle.Measurement;
import io.fovea.bundle.Provenance;
import io.fovea.bundle.Task;
import io.fovea.image.Preprocessing;
import io.fovea.image.Target;
import io.fovea.network.Network;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.Objects;

/**
 * What goes into a bundle.
 *
 * @param name          for people, for example {@code mnist-lenet}
 * @param network       the layers
 * @param weights       its parameters and buffers
 * @param preprocessing as in training
 * @param classNames    K names in label order; empty in a regression
 * @param targets       T targets in the order of the outputs; empty in a classification
 * @param golden        usually 16 pictures from the test split, with the trainer's outputs
 * @param measurements  what was measured on the test split
 * @param provenance    where the model comes from
 */
public record BundleContents(
        String name,
        Network network,
        Weights weights,
        Preprocessing preprocessing,
        List<String> classNames,
        List<Target> targets,
        List<GoldenExample> golden,
        List<Measurement> measurements,
        Provenance provenance) {

    /** Checks and copies. */
    public BundleContents {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(provenance, "provenance");
        classNames = List.copyOf(classNames);
        targets = List.copyOf(targets);
        golden = List.copyOf(golden);
        measurements = List.copyOf(measurements);
    }

    /** Returns what the network answers: values if there are targets. */
    public Task task() {
        return targets.isEmpty() ? Task.CLASSIFICATION : Task.REGRESSION;
    }
}
