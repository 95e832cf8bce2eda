package io.fovea.network;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a network needs to know of one of its tensors before any values exist.
 *
 * @param name   the node's name and the tensor's, as in torchvision: {@code conv1.weight}
 * @param shape  for example [OC, C/groups, KH, KW]
 * @param kind   trained or only kept
 * @param fanIn  how many inputs each output of the layer sums, for weight and bias alike; 1 for tensors with a number per channel
 * @param fanOut how many outputs each input of the layer reaches, likewise
 */
public record ParameterSpecification(String name, int[] shape, Kind kind, int fanIn, int fanOut) {

    /** What becomes of a tensor during training. */
    public enum Kind {
        /** The optimizer changes it. */
        PARAMETER,
        /** The layer itself keeps it, such as a running mean; saved with the weights, but not trained. */
        BUFFER
    }

    /** Checks and copies. */
    public ParameterSpecification {
        Objects.requireNonNull(name, "name");
        shape = shape.clone();
        Objects.requireNonNull(kind, "kind");
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    /** Returns how many numbers the tensor holds. */
    public long count() {
        long count = 1;
        for (int size : shape) count *= size;
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterSpecification specification
                && name.equals(specification.name)
                && Arrays.equals(shape, specification.shape)
                && kind == specification.kind
                && fanIn == specification.fanIn
                && fanOut == specification.fanOut;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(shape), kind, fanIn, fanOut);
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(shape) + " " + kind + " fanIn=" + fanIn + " fanOut=" + fanOut;
    }
}
