package io.fovea.export;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.fovea.network.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An ONNX graph while it is written, node by node. Mutable; for one thread. */
final class OnnxGraph {

    private final OnnxMl.GraphProto.Builder graph;

    OnnxGraph(String name) {
        graph = OnnxMl.GraphProto.newBuilder().setName(name);
    }

    /** Returns the name of a layer's result; it can equal no name of an initializer, an input or an output. */
    static String value(String layer) {
        return layer + "/output";
    }

    /** Declares an input of that shape with a free N. */
    void input(String name, Shape shape) {
        graph.addInput(declaration(name, shape));
    }

    /** Declares an output of that shape with a free N. */
    void output(String name, Shape shape) {
        graph.addOutput(declaration(name, shape));
    }

    /** Notes the shape of a result between two nodes, for those who draw or check the graph. */
    void shape(String name, Shape shape) {
        graph.addValueInfo(declaration(name, shape));
    }

    /** Adds constant floats, little-endian. */
    void initializer(String name, int[] shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        initializer(name, OnnxMl.TensorProto.DataType.FLOAT, shape, bytes);
    }

    /** Adds a vector of constant integers, little-endian. */
    void initializer(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        initializer(name, OnnxMl.TensorProto.DataType.INT64, new int[] {values.length}, bytes);
    }

    /** Adds a node with one result. */
    void node(String operator, String name, List<String> inputs, String output, OnnxMl.AttributeProto... attributes) {
        node(operator, name, inputs, List.of(output), attributes);
    }

    /** Adds a node with several results. */
    void node(
            String operator,
            String name,
            List<String> inputs,
            List<String> outputs,
            OnnxMl.AttributeProto... attributes) {
        graph.addNode(OnnxMl.NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
    }

    OnnxMl.GraphProto build() {
        return graph.build();
    }

    static OnnxMl.AttributeProto attribute(String name, long value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static OnnxMl.AttributeProto attribute(String name, double value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    static OnnxMl.AttributeProto attributes(String name, long... values) {
        OnnxMl.AttributeProto.Builder attribute =
                OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.INTS);
        for (long value : values) attribute.addInts(value);
        return attribute.build();
    }

    private void initializer(String name, OnnxMl.TensorProto.DataType type, int[] shape, ByteBuffer bytes) {
        OnnxMl.TensorProto.Builder tensor = OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes.rewind()));
        for (int size : shape) tensor.addDims(size);
        graph.addInitializer(tensor);
    }

    private static OnnxMl.ValueInfoProto declaration(String name, Shape shape) {
        OnnxMl.TensorShapeProto.Builder axes = OnnxMl.TensorShapeProto.newBuilder()
                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (int size : shape.sizes())
            axes.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                                .setShape(axes)))
                .build();
    }
}
