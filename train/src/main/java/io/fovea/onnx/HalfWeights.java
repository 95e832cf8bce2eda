package io.fovea.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fovea.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Weights kept as floats of 16 bits (fp16): half the size on disk, the same speed and memory, as a runtime turns them into floats of 32 bits once, when it
 * loads. Processors compute nothing in halves here.
 *
 * <p>Each weight loses what 11 bits of significand do not hold, a 2,048th part at most.
 */
public final class HalfWeights {

    /** Tensors of fewer numbers stay as they are: a node would take more than it saves. */
    private static final int LEAST = 64;

    private static final String HALVES = "/h";

    private HalfWeights() {}

    /**
     * Returns a file with its larger constants in halves. Names stay: what was an initializer is the result of a Cast.
     *
     * @param where what problems name
     * @throws Problem if it is no ONNX file, or a weight is beyond what halves reach (65,504)
     */
    public static byte[] of(byte[] onnx, String where) {
        OnnxMl.ModelProto model;
        try {
            model = OnnxMl.ModelProto.parseFrom(onnx);
        } catch (InvalidProtocolBufferException e) {
            throw new Problem(
                    "The network is no ONNX file: " + e.getMessage() + ".", where, "export the model again", e);
        }
        OnnxMl.GraphProto before = model.getGraph();
        OnnxMl.GraphProto.Builder graph = before.toBuilder().clearInitializer().clearNode();
        for (OnnxMl.TensorProto tensor : before.getInitializerList()) {
            boolean floats = tensor.getDataType() == OnnxMl.TensorProto.DataType.FLOAT.getNumber();
            if (!floats || tensor.getRawData().size() < Float.BYTES * LEAST) {
                graph.addInitializer(tensor);
                continue;
            }
            graph.addInitializer(halved(tensor, where));
            graph.addNode(OnnxMl.NodeProto.newBuilder()
                    .setOpType("Cast")
                    .addInput(tensor.getName() + HALVES)
                    .addOutput(tensor.getName())
                    .addAttribute(OnnxGraph.attribute("to", OnnxMl.TensorProto.DataType.FLOAT.getNumber())));
        }
        graph.addAllNode(before.getNodeList());
        return model.toBuilder().setGraph(graph).build().toByteArray();
    }

    private static OnnxMl.TensorProto halved(OnnxMl.TensorProto tensor, String where) {
        ByteBuffer floats = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer halves = ByteBuffer.allocate(floats.remaining() / 2).order(ByteOrder.LITTLE_ENDIAN);
        while (floats.hasRemaining()) {
            float value = floats.getFloat();
            short half = Float.floatToFloat16(value);
            if (Float.isFinite(value) && !Float.isFinite(Float.float16ToFloat(half))) {
                throw new Problem(
                        "A weight is " + value + ", and numbers of 16 bits end at 65,504.",
                        where + ", tensor \"" + tensor.getName() + "\"",
                        "keep the model in 32 bits");
            }
            halves.putShort(half);
        }
        return OnnxMl.TensorProto.newBuilder()
                .setName(tensor.getName() + HALVES)
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT16.getNumber())
                .addAllDims(tensor.getDimsList())
                .setRawData(ByteString.copyFrom(halves.array()))
                .build();
    }
}
