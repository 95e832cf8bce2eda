package io.fovea.format;

import static io.fovea.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Nodes and constants that are put together by what they give. Mutable; for one thread. */
final class NodeList {

    private final String prefix;
    private final List<OnnxMl.NodeProto> nodes = new ArrayList<>();
    private final List<OnnxMl.TensorProto> constants = new ArrayList<>();

    /** None yet; all names begin with the prefix. */
    NodeList(String prefix) {
        this.prefix = prefix;
    }

    List<OnnxMl.NodeProto> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    List<OnnxMl.TensorProto> constants() {
        return Collections.unmodifiableList(constants);
    }

    /** Adds a node and returns the name of what it gives. */
    String node(String operator, List<String> inputs, OnnxMl.AttributeProto... attributes) {
        String output = prefix + operator.toLowerCase(Locale.ROOT) + nodes.size();
        named(operator, inputs, output, attributes);
        return output;
    }

    /** Adds a node that gives a value of that name. */
    void named(String operator, List<String> inputs, String output, OnnxMl.AttributeProto... attributes) {
        nodes.add(OnnxMl.NodeProto.newBuilder()
                .setOpType(operator)
                .setName(prefix + "node" + nodes.size())
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes))
                .build());
    }

    String cast(String value, OnnxMl.TensorProto.DataType type) {
        return node("Cast", List.of(value), attribute("to", (long) type.getNumber()));
    }

    String longs(long... values) {
        ByteBuffer bytes = buffer(Long.BYTES * values.length);
        bytes.asLongBuffer().put(values);
        return constant(OnnxMl.TensorProto.DataType.INT64, bytes, values.length);
    }

    String integers(int... values) {
        ByteBuffer bytes = buffer(Integer.BYTES * values.length);
        bytes.asIntBuffer().put(values);
        return constant(OnnxMl.TensorProto.DataType.INT32, bytes, values.length);
    }

    String floats(int[] shape, float... values) {
        ByteBuffer bytes = buffer(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return constant(OnnxMl.TensorProto.DataType.FLOAT, bytes, shape);
    }

    /** ½ in 64 bits. */
    String half() {
        return constant(OnnxMl.TensorProto.DataType.DOUBLE, buffer(Double.BYTES).putDouble(0, 0.5));
    }

    /** A single byte. */
    String bytes(int value) {
        return constant(OnnxMl.TensorProto.DataType.UINT8, buffer(1).put(0, (byte) value));
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String constant(OnnxMl.TensorProto.DataType type, ByteBuffer bytes, int... shape) {
        String name = prefix + "constant" + constants.size();
        OnnxMl.TensorProto.Builder tensor = OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes.array()));
        for (int size : shape) tensor.addDims(size);
        constants.add(tensor.build());
        return name;
    }
}
