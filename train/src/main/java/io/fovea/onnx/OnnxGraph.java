package io.fovea.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.fovea.network.Shape;
import io.fovea.task.ModelOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An ONNX graph while it is written, node by node. Mutable; for one thread. */
public final class OnnxGraph {

    /** The number of the four-bit type, which the ONNX classes at hand are too old to name. */
    public static final int INT4 = 22;

    /** Whether an axis that is summed over stays, with size 1. */
    public enum Summed {
        KEPT,
        LEFT_OUT
    }

    /** Whether shapes of results between nodes are noted; any tool can work them out again. */
    public enum Notes {
        SHAPES,
        NONE
    }

    /** The first operator set whose sums take their axes as an input. */
    private static final int AXES_AS_INPUT = 18;

    private final OnnxMl.GraphProto.Builder graph;
    private final OperatorSet operators;
    private final Notes notes;

    public OnnxGraph(String name, OperatorSet operators, Notes notes) {
        this.graph = OnnxMl.GraphProto.newBuilder().setName(name);
        this.operators = operators;
        this.notes = notes;
    }

    /** Returns the name of a layer's result; it can equal no name of an initializer, an input or an output. */
    public static String value(String layer) {
        return layer + "/output";
    }

    /** Declares an input of that shape with a free N. */
    public void input(String name, Shape shape) {
        graph.addInput(declaration(name, shape));
    }

    /** Declares an output with a free N. */
    public void output(ModelOutput output) {
        int[] sizes = output.shape().stream().mapToInt(Integer::intValue).toArray();
        OnnxMl.TensorProto.DataType type =
                switch (output.type()) {
                    case FLOAT32 -> OnnxMl.TensorProto.DataType.FLOAT;
                    case INT64 -> OnnxMl.TensorProto.DataType.INT64;
                };
        graph.addOutput(declaration(output.name(), new Shape(sizes), type));
    }

    /** Notes the shape of a result between two nodes, for those who draw or check the graph, if there are to be notes. */
    public void shape(String name, Shape shape) {
        if (notes == Notes.SHAPES) graph.addValueInfo(declaration(name, shape));
    }

    /** Adds constant floats, little-endian. */
    public void initializer(String name, int[] shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        initializer(name, OnnxMl.TensorProto.DataType.FLOAT.getNumber(), shape, bytes.array());
    }

    /** Adds a vector of constant integers, little-endian. */
    public void initializer(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        initializer(name, OnnxMl.TensorProto.DataType.INT64.getNumber(), new int[] {values.length}, bytes.array());
    }

    /** Adds constants of any type by the bytes that ONNX keeps them as. */
    public void initializer(String name, int type, int[] shape, byte[] bytes) {
        OnnxMl.TensorProto.Builder tensor =
                OnnxMl.TensorProto.newBuilder().setName(name).setDataType(type).setRawData(ByteString.copyFrom(bytes));
        for (int size : shape) tensor.addDims(size);
        graph.addInitializer(tensor);
    }

    /** Adds the sum of the squares along axis 1. */
    public void sumOfSquares(String input, String output, Summed summed) {
        reduce("ReduceSumSquare", input, output, summed, 1);
    }

    /** Adds the mean of each map: [N, C, H, W] becomes [N, C]. */
    public void meanOfMaps(String input, String output) {
        reduce("ReduceMean", input, output, Summed.LEFT_OUT, 2, 3);
    }

    /** Adds the sum of the squares of each map: [N, C, H, W] becomes [N, C]. */
    public void energyOfMaps(String input, String output) {
        reduce("ReduceSumSquare", input, output, Summed.LEFT_OUT, 2, 3);
    }

    private void reduce(String operator, String input, String output, Summed summed, long... axes) {
        OnnxMl.AttributeProto keep = attribute("keepdims", summed == Summed.KEPT ? 1 : 0);
        if (operators.version() < AXES_AS_INPUT) {
            node(operator, "", List.of(input), output, attributes("axes", axes), keep);
            return;
        }
        initializer(output + "/axis", axes);
        node(operator, "", List.of(input, output + "/axis"), output, keep);
    }

    /** Adds a node with one result; without a name if it is empty. */
    public void node(
            String operator, String name, List<String> inputs, String output, OnnxMl.AttributeProto... attributes) {
        node(operator, name, inputs, List.of(output), attributes);
    }

    /** Adds a node with several results; without a name if it is empty. */
    public void node(
            String operator,
            String name,
            List<String> inputs,
            List<String> outputs,
            OnnxMl.AttributeProto... attributes) {
        OnnxMl.NodeProto.Builder node = OnnxMl.NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes));
        if (!name.isEmpty()) node.setName(name);
        graph.addNode(node);
    }

    public OnnxMl.GraphProto build() {
        return graph.build();
    }

    public static OnnxMl.AttributeProto attribute(String name, long value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    public static OnnxMl.AttributeProto attribute(String name, double value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    public static OnnxMl.AttributeProto attribute(String name, String value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    public static OnnxMl.AttributeProto attributes(String name, long... values) {
        OnnxMl.AttributeProto.Builder attribute =
                OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.INTS);
        for (long value : values) attribute.addInts(value);
        return attribute.build();
    }

    private static OnnxMl.ValueInfoProto declaration(String name, Shape shape) {
        return declaration(name, shape, OnnxMl.TensorProto.DataType.FLOAT);
    }

    private static OnnxMl.ValueInfoProto declaration(String name, Shape shape, OnnxMl.TensorProto.DataType type) {
        OnnxMl.TensorShapeProto.Builder axes = OnnxMl.TensorShapeProto.newBuilder()
                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (int size : shape.sizes())
            axes.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(axes)))
                .build();
    }
}
