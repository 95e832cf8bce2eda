package io.fovea.onnx;

import static io.fovea.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the constants of a network: floats as they are, quantised tensors as whole numbers that the graph turns into floats, labels as
 * small as they can be.
 *
 * <p>A quantised tensor {@code conv1.weight} becomes the initializers {@code conv1.weight/q} and {@code conv1.weight/s} (the scales) and
 * their product, which has the tensor's name, so that layers read it as any other. The product is written as Cast and Mul, which every
 * runtime works out once when it loads; ONNX Runtime keeps DequantizeLinear for a network of integers that never comes, and repeats
 * it for every picture.
 */
public final class OnnxInitializers {

    /** What follows a tensor's name in the name of its whole numbers. */
    static final String NUMBERS = "/q";
    /** What follows a tensor's name in the name of its scales. */
    static final String SCALE = "/s";
    /** What follows a tensor's name in the name of its whole numbers as floats. */
    private static final String FLOATS = "/f";

    /** Labels below this fit in a byte. */
    private static final int BYTE_LABELS = 256;

    private final OnnxGraph graph;
    private final Weights weights;
    private final Map<String, QuantizedTensor> quantized = new HashMap<>();
    private final Map<String, Integer> labels = new HashMap<>(); // with the number of classes

    public OnnxInitializers(OnnxGraph graph, Network network, Weights weights, List<QuantizedTensor> quantized) {
        this.graph = graph;
        this.weights = weights;
        for (QuantizedTensor tensor : quantized) this.quantized.put(tensor.name(), tensor);
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Layer.NearestNeighbours layer)
                labels.put(node.name() + OnnxNearestNeighbours.LABELS, layer.outputs());
        }
    }

    public void add(ParameterSpecification parameter) {
        String name = parameter.name();
        if (labels.containsKey(name)) labels(graph, name, weights.values(name), labels.get(name));
        else if (quantized.containsKey(name)) quantized(graph, quantized.get(name));
        else graph.initializer(name, parameter.shape(), weights.values(name));
    }

    /** Writes class indices, in a byte each if there are few enough classes. */
    static void labels(OnnxGraph graph, String name, float[] values, int classes) {
        int width = classes <= BYTE_LABELS ? 1 : 4;
        byte[] bytes = new byte[width * values.length];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) ((int) values[i / width] >> 8 * (i % width));
        OnnxMl.TensorProto.DataType type =
                width == 1 ? OnnxMl.TensorProto.DataType.UINT8 : OnnxMl.TensorProto.DataType.INT32;
        graph.initializer(name, type.getNumber(), new int[] {values.length}, bytes);
    }

    /** Writes whole numbers, their scales, and the nodes whose product has the tensor's name. */
    public static void quantized(OnnxGraph graph, QuantizedTensor tensor) {
        String name = tensor.name();
        numbers(graph, tensor);
        long single = OnnxMl.TensorProto.DataType.FLOAT.getNumber();
        graph.node("Cast", "", List.of(name + NUMBERS), name + FLOATS, attribute("to", single));
        graph.node("Mul", "", List.of(name + FLOATS, name + SCALE), name);
    }

    /** Writes whole numbers and their scales, without what turns them into floats. */
    static void numbers(OnnxGraph graph, QuantizedTensor tensor) {
        String name = tensor.name();
        int[] shape = tensor.shape();
        boolean bytes = tensor.bits() == 8;
        graph.initializer(
                name + NUMBERS,
                bytes ? OnnxMl.TensorProto.DataType.INT8.getNumber() : OnnxGraph.INT4,
                shape,
                bytes ? tensor.values() : nibbles(tensor.values()));
        int[] slices = new int[tensor.axis() == QuantizedTensor.WHOLE ? 0 : shape.length];
        for (int axis = 0; axis < slices.length; axis++) slices[axis] = axis == tensor.axis() ? shape[axis] : 1;
        graph.initializer(name + SCALE, slices, tensor.scales());
    }

    /** Returns the numbers of {@link #numbers} of four bits. */
    static byte[] unpacked(byte[] nibbles, int count) {
        byte[] values = new byte[count];
        // shifted up and down again, as the upper bit is the sign
        for (int i = 0; i < count; i++) values[i] = (byte) ((byte) (nibbles[i / 2] << 4 * (1 - i % 2)) >> 4);
        return values;
    }

    /** Two numbers to a byte, the first in the lower half. */
    private static byte[] nibbles(byte[] values) {
        byte[] packed = new byte[(values.length + 1) / 2];
        for (int i = 0; i < values.length; i++) packed[i / 2] |= (byte) ((values[i] & 0xf) << 4 * (i % 2));
        return packed;
    }
}
