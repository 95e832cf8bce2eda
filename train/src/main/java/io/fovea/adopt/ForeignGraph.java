package io.fovea.adopt;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph of others within names of its own, so that what is put around it meets none of them; and with a free number of pictures. */
final class ForeignGraph {

    /** What the names of all its values begin with. */
    static final String PREFIX = "original/";

    private ForeignGraph() {}

    /** Returns the name that a value has got. */
    static String value(String name) {
        return name.isEmpty() ? name : PREFIX + name;
    }

    /** Returns nodes and constants under their new names, without inputs, outputs and noted shapes. */
    static OnnxMl.GraphProto.Builder of(OnnxMl.GraphProto graph) {
        OnnxMl.GraphProto.Builder renamed = OnnxMl.GraphProto.newBuilder().setName(graph.getName());
        for (OnnxMl.TensorProto constant : graph.getInitializerList())
            renamed.addInitializer(raw(constant).setName(value(constant.getName())));
        for (OnnxMl.NodeProto node : graph.getNodeList()) renamed.addNode(renamed(node));
        return renamed;
    }

    /** Floats may be listed or be bytes; Fovea's own files have bytes, which is what its exports read. */
    private static OnnxMl.TensorProto.Builder raw(OnnxMl.TensorProto tensor) {
        OnnxMl.TensorProto.Builder raw = tensor.toBuilder();
        if (tensor.getFloatDataCount() == 0) return raw;
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * tensor.getFloatDataCount()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : tensor.getFloatDataList()) bytes.putFloat(value);
        return raw.clearFloatData().setRawData(ByteString.copyFrom(bytes.array()));
    }

    private static OnnxMl.NodeProto renamed(OnnxMl.NodeProto node) {
        OnnxMl.NodeProto.Builder renamed =
                node.toBuilder().clearInput().clearOutput().clearAttribute();
        node.getInputList().forEach(input -> renamed.addInput(value(input)));
        node.getOutputList().forEach(output -> renamed.addOutput(value(output)));
        for (OnnxMl.AttributeProto attribute : node.getAttributeList()) {
            OnnxMl.AttributeProto.Builder changed = attribute.toBuilder();
            if (attribute.hasG()) changed.setG(branch(attribute.getG()));
            for (int i = 0; i < attribute.getGraphsCount(); i++) changed.setGraphs(i, branch(attribute.getGraphs(i)));
            renamed.addAttribute(changed);
        }
        return renamed.build();
    }

    /** A branch or a loop's body may read the values around it by name. */
    private static OnnxMl.GraphProto branch(OnnxMl.GraphProto graph) {
        OnnxMl.GraphProto.Builder renamed = of(graph);
        for (OnnxMl.ValueInfoProto input : graph.getInputList())
            renamed.addInput(input.toBuilder().setName(value(input.getName())));
        for (OnnxMl.ValueInfoProto output : graph.getOutputList())
            renamed.addOutput(output.toBuilder().setName(value(output.getName())));
        return renamed.build();
    }

    /**
     * Frees the first axis of constant shapes that say 1 there: many exporters write down the one picture that they tried. Whether that is
     * right is for whoever runs two pictures at once to find out.
     */
    static void freeFirstAxis(OnnxMl.GraphProto.Builder graph) {
        Map<String, OnnxMl.TensorProto> constants = new HashMap<>();
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
        for (OnnxMl.NodeProto node : graph.getNodeList()) {
            if (!node.getOpType().equals("Constant") || node.getAttributeCount() != 1) continue;
            constants.put(node.getOutput(0), node.getAttribute(0).getT());
        }
        List<OnnxMl.NodeProto> nodes = new ArrayList<>();
        for (OnnxMl.NodeProto node : graph.getNodeList()) {
            OnnxMl.TensorProto shape = node.getOpType().equals("Reshape") && node.getInputCount() == 2
                    ? constants.get(node.getInput(1))
                    : null;
            long[] sizes = shape == null ? new long[0] : longs(shape);
            if (sizes.length == 0 || sizes[0] != 1) {
                nodes.add(node);
                continue;
            }
            sizes[0] = 0; // as its input has it
            String name = node.getOutput(0) + "/free";
            OnnxMl.TensorProto.Builder free = OnnxMl.TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
                    .addDims(sizes.length);
            for (long size : sizes) free.addInt64Data(size);
            graph.addInitializer(free);
            nodes.add(node.toBuilder().setInput(1, name).build());
        }
        graph.clearNode().addAllNode(nodes);
    }

    private static long[] longs(OnnxMl.TensorProto tensor) {
        if (tensor.getDataType() != OnnxMl.TensorProto.DataType.INT64.getNumber()) return new long[0];
        if (tensor.getInt64DataCount() > 0)
            return tensor.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
        LongBuffer raw = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        long[] values = new long[raw.remaining()];
        raw.get(values);
        return values;
    }
}
