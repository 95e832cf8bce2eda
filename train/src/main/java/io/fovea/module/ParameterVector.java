package io.fovea.module;

import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.ParameterSpecification.Kind;
import io.fovea.network.Parameters;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where each parameter of a network lies in one flat array [P], and the buffers beside it. Parameters of frozen layers lie behind all
 * others, so that what is trained is the beginning of the array.
 */
public final class ParameterVector {

    /**
     * One tensor's place.
     *
     * @param specification name, shape and kind
     * @param offset        first element, in the flat array of its kind
     */
    public record Slice(ParameterSpecification specification, int offset) {
        /** Returns how many numbers it has. */
        public int length() {
            return ParameterVector.length(specification);
        }
    }

    private final Network network;
    private final List<Slice> slices;
    private final int trainedCount;
    private final int parameterCount;
    private final int bufferCount;

    /** Lays out a network's tensors in graph order, parameters and buffers each in their own array; nothing is frozen. */
    public ParameterVector(Network network) {
        this(network, LayerRates.ALL);
    }

    /** Lays out a network's tensors in graph order, frozen parameters last, buffers in an array of their own. */
    public ParameterVector(Network network, LayerRates rates) {
        this.network = network;
        List<ParameterSpecification> specifications = Parameters.of(network);
        int trained = 0;
        for (ParameterSpecification specification : specifications) {
            if (isTrained(specification, rates)) trained = Math.addExact(trained, length(specification));
        }
        int nextTrained = 0;
        int nextFrozen = trained;
        int nextBuffer = 0;
        List<Slice> laid = new ArrayList<>();
        for (ParameterSpecification specification : specifications) {
            int length = length(specification);
            if (specification.kind() == Kind.BUFFER) {
                laid.add(new Slice(specification, nextBuffer));
                nextBuffer = Math.addExact(nextBuffer, length);
            } else if (isTrained(specification, rates)) {
                laid.add(new Slice(specification, nextTrained));
                nextTrained += length;
            } else {
                laid.add(new Slice(specification, nextFrozen));
                nextFrozen = Math.addExact(nextFrozen, length);
            }
        }
        slices = List.copyOf(laid);
        trainedCount = trained;
        parameterCount = nextFrozen;
        bufferCount = nextBuffer;
    }

    private static boolean isTrained(ParameterSpecification specification, LayerRates rates) {
        return specification.kind() == Kind.PARAMETER && !rates.isFrozen(layer(specification));
    }

    private static int length(ParameterSpecification specification) {
        return Math.toIntExact(specification.count());
    }

    /** Returns the name of the layer that a tensor belongs to: the tensor's without its last part. */
    public static String layer(ParameterSpecification specification) {
        return specification.name().substring(0, specification.name().lastIndexOf('.'));
    }

    /** Returns all tensors in graph order. */
    public List<Slice> slices() {
        return slices;
    }

    /** Returns the place of one tensor, for example {@code conv1.weight}. */
    public Slice slice(String name) {
        return slices.stream()
                .filter(slice -> slice.specification().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No tensor \"" + name + "\" in " + network.name()));
    }

    /** Returns how many parameters, from the first, are trained; those behind are frozen. */
    public int trainedCount() {
        return trainedCount;
    }

    /** Whether a tensor's numbers are changed by the optimizer. */
    boolean isTrained(Slice slice) {
        return slice.specification().kind() == Kind.PARAMETER && slice.offset() < trainedCount;
    }

    /** Returns P, frozen ones included. */
    public int parameterCount() {
        return parameterCount;
    }

    /** Returns how many numbers are kept but not trained. */
    public int bufferCount() {
        return bufferCount;
    }

    /** Returns a copy of both arrays as named tensors. */
    public Weights weights(float[] parameters, float[] buffers) {
        return new Weights(slices.stream()
                .map(slice -> {
                    float[] from = slice.specification().kind() == Kind.PARAMETER ? parameters : buffers;
                    return new NamedTensor(
                            slice.specification().name(),
                            slice.specification().shape(),
                            Arrays.copyOfRange(from, slice.offset(), slice.offset() + slice.length()));
                })
                .toList());
    }

    /** Copies named tensors into both arrays; every tensor of the network must be there in its shape. */
    public void read(Weights weights, float[] parameters, float[] buffers) {
        for (Slice slice : slices) {
            String name = slice.specification().name();
            int[] shape = slice.specification().shape();
            NamedTensor tensor = weights.tensor(name)
                    .orElseThrow(() -> new Problem(
                            "The weights hold no tensor \"" + name + "\".",
                            "network \"" + network.name() + "\"",
                            "use weights of this network, or change the network to fit them"));
            if (!Arrays.equals(shape, tensor.shape())) {
                throw new Problem(
                        "\"" + name + "\" expects shape " + Arrays.toString(shape) + " but the weights hold "
                                + Arrays.toString(tensor.shape()) + ".",
                        "network \"" + network.name() + "\"",
                        "use weights of this network with as many classes, or change the network to fit them");
            }
            float[] to = slice.specification().kind() == Kind.PARAMETER ? parameters : buffers;
            System.arraycopy(tensor.values(), 0, to, slice.offset(), slice.length());
        }
    }
}
