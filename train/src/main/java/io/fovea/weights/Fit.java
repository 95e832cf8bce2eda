package io.fovea.weights;

import io.fovea.network.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Which of a file's tensors a network takes.
 *
 * @param network   with as many classes as the file has
 * @param outputs   K of the network's last layer
 * @param weights   what fitted, under the network's names and in its shapes
 * @param missing   what the network needs and the file lacks; without what serves auxiliary outputs only
 * @param leftOver  what nothing in the network takes, by the file's names without what those that fitted begin with
 * @param misshaped what has the right name and another shape
 * @param remarks   what was done to make them fit, in sentences
 */
public record Fit(
        Network network,
        int outputs,
        Weights weights,
        List<String> missing,
        List<String> leftOver,
        List<Misshaped> misshaped,
        List<String> remarks) {

    /**
     * A tensor whose shape is not the one that the network has under this name.
     *
     * @param name     as the network has it
     * @param expected the network's shape
     * @param found    the file's shape
     */
    public record Misshaped(String name, List<Integer> expected, List<Integer> found) {

        Misshaped(String name, int[] expected, int[] found) {
            this(
                    name,
                    Arrays.stream(expected).boxed().toList(),
                    Arrays.stream(found).boxed().toList());
        }

        /** Returns for example {@code fc.weight should be [10, 512] and is [10, 64]}. */
        @Override
        public String toString() {
            return name + " should be " + expected + " and is " + found;
        }
    }

    /** Copies. */
    public Fit {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(weights, "weights");
        missing = List.copyOf(missing);
        leftOver = List.copyOf(leftOver);
        misshaped = List.copyOf(misshaped);
        remarks = List.copyOf(remarks);
    }

    /** Returns the names of what fitted. */
    public List<String> fitted() {
        return List.copyOf(weights.names());
    }

    /** Returns whether the network has all that it computes with. */
    public boolean isComplete() {
        return missing.isEmpty() && misshaped.isEmpty();
    }
}
