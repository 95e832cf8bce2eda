package io.fovea.format;

import ai.onnx.proto.OnnxMl;
import java.util.List;
import java.util.Set;

/**
 * Brings a network's nodes from operator set 17 to 18, where sums and means take their axes as an input.
 *
 * <p>Source: ONNX, docs/Changelog.md, operator set 18. What else changed in it only added to what there was.
 */
final class AxesAsInputs {

    private static final int FIRST = 18;
    private static final Set<String> REDUCTIONS = Set.of("ReduceMean", "ReduceSumSquare");
    private static final String AXES = "axes";

    private AxesAsInputs() {}

    /** Returns the nodes of a graph as that set has them, and adds the axes to its constants. */
    static List<OnnxMl.NodeProto> of(OnnxMl.GraphProto.Builder graph, long version) {
        if (version >= FIRST) return graph.getNodeList();
        return List.copyOf(graph.getNodeList()).stream()
                .map(node -> REDUCTIONS.contains(node.getOpType()) ? changed(node, graph) : node)
                .toList();
    }

    private static OnnxMl.NodeProto changed(OnnxMl.NodeProto node, OnnxMl.GraphProto.Builder graph) {
        OnnxMl.NodeProto.Builder changed = node.toBuilder().clearAttribute();
        for (OnnxMl.AttributeProto attribute : node.getAttributeList()) {
            if (!attribute.getName().equals(AXES)) {
                changed.addAttribute(attribute);
                continue;
            }
            String name = node.getOutput(0) + "/" + AXES;
            OnnxMl.TensorProto.Builder axes = OnnxMl.TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
                    .addDims(attribute.getIntsCount());
            attribute.getIntsList().forEach(axes::addInt64Data);
            graph.addInitializer(axes);
            changed.addInput(name);
        }
        return changed.build();
    }
}
