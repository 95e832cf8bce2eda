package io.fovea.format;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.fovea.onnx.OnnxGraph;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.WeightPrecision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the weights of an ONNX file in 16 bits.
 *
 * <p>{@code conv1.weight} becomes the initializer {@code conv1.weight/half} and a Cast to floats of the old name, which runtimes work out
 * once when they load the file. So half of the bytes are saved, and every product is computed in 32 bits as before.
 */
final class HalfWeights {

    private static final String HALF = "/half";

    private HalfWeights() {}

    /** Halves what {@link WeightPrecision#FP16} halves. */
    static void in(OnnxMl.GraphProto.Builder graph) {
        List<OnnxMl.TensorProto> tensors = new ArrayList<>();
        List<OnnxMl.NodeProto> nodes = new ArrayList<>();
        for (OnnxMl.TensorProto tensor : graph.getInitializerList()) {
            if (!isHalved(tensor)) {
                tensors.add(tensor);
                continue;
            }
            String half = tensor.getName() + HALF;
            tensors.add(halved(tensor, half));
            nodes.add(OnnxMl.NodeProto.newBuilder()
                    .setOpType("Cast")
                    .addInput(half)
                    .addOutput(tensor.getName())
                    .addAttribute(OnnxGraph.attribute("to", (long) OnnxMl.TensorProto.DataType.FLOAT.getNumber()))
                    .build());
        }
        nodes.addAll(graph.getNodeList());
        graph.clearInitializer().addAllInitializer(tensors).clearNode().addAllNode(nodes);
    }

    private static boolean isHalved(OnnxMl.TensorProto tensor) {
        if (tensor.getDataType() != OnnxMl.TensorProto.DataType.FLOAT.getNumber()) return false;
        int[] shape = tensor.getDimsList().stream().mapToInt(Math::toIntExact).toArray();
        return WeightPrecision.FP16.halves(new NamedTensor(tensor.getName(), shape, values(tensor)));
    }

    private static OnnxMl.TensorProto halved(OnnxMl.TensorProto tensor, String name) {
        float[] values = values(tensor);
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) bytes.putShort(Float.floatToFloat16(value));
        return tensor.toBuilder()
                .setName(name)
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT16.getNumber())
                .setRawData(ByteString.copyFrom(bytes.array()))
                .build();
    }

    private static float[] values(OnnxMl.TensorProto tensor) {
        float[] values = new float[tensor.getRawData().size() / Float.BYTES];
        tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }
}
