package io.fovea.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The constants of an ONNX file that {@link OnnxWriter} wrote, by name, in the forms of {@link OnnxInitializers}. */
public final class OnnxTensors {

    private final Map<String, OnnxMl.TensorProto> byName = new HashMap<>();

    public OnnxTensors(OnnxMl.ModelProto model) {
        for (OnnxMl.TensorProto tensor : model.getGraph().getInitializerList()) byName.put(tensor.getName(), tensor);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is no ONNX file
     */
    public static OnnxTensors read(byte[] onnx) {
        try {
            return new OnnxTensors(OnnxMl.ModelProto.parseFrom(onnx));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("The network is no ONNX file: " + e.getMessage(), e);
        }
    }

    /**
     * Returns a tensor as floats, whether it is kept as floats, as labels, or as whole numbers and their scales; empty if there is none
     * of that name.
     */
    public Optional<NamedTensor> tensor(String name) {
        Optional<QuantizedTensor> numbers = quantized(name);
        if (numbers.isPresent()) return Optional.of(numbers.get().dequantized());
        return found(name).map(tensor -> new NamedTensor(name, shape(tensor), values(tensor)));
    }

    /** Returns a tensor that is kept as whole numbers; empty if there is none such of that name. */
    public Optional<QuantizedTensor> quantized(String name) {
        return found(name + OnnxInitializers.NUMBERS).map(numbers -> quantized(name, numbers));
    }

    private QuantizedTensor quantized(String name, OnnxMl.TensorProto numbers) {
        OnnxMl.TensorProto scale = needed(name + OnnxInitializers.SCALE);
        int axis = QuantizedTensor.WHOLE;
        for (int i = 0; i < scale.getDimsCount(); i++) {
            if (axis == QuantizedTensor.WHOLE || scale.getDims(i) > 1) axis = i;
        }
        int[] shape = shape(numbers);
        int count = 1;
        for (int size : shape) count = Math.multiplyExact(count, size);
        boolean bytes = numbers.getDataType() == OnnxMl.TensorProto.DataType.INT8.getNumber();
        byte[] raw = numbers.getRawData().toByteArray();
        byte[] values = bytes ? raw : OnnxInitializers.unpacked(raw, count);
        return new QuantizedTensor(name, shape, bytes ? 8 : 4, axis, values, values(scale));
    }

    /** Returns the first whole number of a constant. */
    long integer(String name) {
        return raw(needed(name)).getLong(0);
    }

    private static float[] values(OnnxMl.TensorProto tensor) {
        ByteBuffer raw = raw(tensor);
        OnnxMl.TensorProto.DataType type = OnnxMl.TensorProto.DataType.forNumber(tensor.getDataType());
        float[] values = new float[type == OnnxMl.TensorProto.DataType.UINT8 ? raw.remaining() : raw.remaining() / 4];
        switch (type) {
            case FLOAT -> raw.asFloatBuffer().get(values);
            case UINT8 -> {
                for (int i = 0; i < values.length; i++) values[i] = raw.get(i) & 0xff;
            }
            case INT32 -> {
                for (int i = 0; i < values.length; i++) values[i] = raw.getInt(4 * i);
            }
            case null, default ->
                throw new IllegalArgumentException(
                        "Tensor \"" + tensor.getName() + "\" is of a type that weights do not have: " + type);
        }
        return values;
    }

    private static int[] shape(OnnxMl.TensorProto tensor) {
        return tensor.getDimsList().stream().mapToInt(Math::toIntExact).toArray();
    }

    private static ByteBuffer raw(OnnxMl.TensorProto tensor) {
        return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private OnnxMl.TensorProto needed(String name) {
        return found(name).orElseThrow(() -> new IllegalArgumentException("No initializer \"" + name + "\""));
    }

    private Optional<OnnxMl.TensorProto> found(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
