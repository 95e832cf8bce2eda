package io.fovea.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A TensorFlow Lite file while it is written, tensor by tensor and operator by operator. Mutable; for one thread.
 *
 * <p>A file is a FlatBuffer, a tree of tables whose fields are known by their place. Of the format's tables these are used, with their fields'
 * places: model (0 version, 1 operator codes, 2 graphs, 3 description, 4 buffers, 6 metadata, 7 signatures), operator code (0 number as a byte,
 * 2 version, 3 number), graph (0 tensors, 1 inputs, 2 outputs, 3 operators, 4 name), tensor (0 shape, 1 type, 2 buffer, 3 name, 4 scale, 7 shape
 * with free axes), scale (2 scales, 3 zero points, 6 axis), operator (0 code, 1 inputs, 2 outputs, 3 kind of options, 4 options), buffer (0 bytes),
 * metadata (0 name, 1 buffer), signature (0 inputs, 1 outputs, 2 key, 4 graph), name of a tensor (0 name, 1 tensor).
 */
final class TfliteGraph {

    /** The format's version, and the four letters at a file's beginning. */
    private static final int VERSION = 3;

    private static final String IDENTIFIER = "TFL3";

    /** What interpreters call the one thing that a model does. */
    private static final String SIGNATURE = "serving_default";

    /** What constants are aligned to, in bytes, so that an interpreter need not copy them. */
    private static final int ALIGNMENT = 16;

    /** Above what tables and names need for one tensor or operator. */
    private static final int BYTES_EACH = 1024;

    /** A scale for all of a tensor, or one for each slice of an axis. */
    record Scale(float[] scales, long zeroPoint, int axis) {}

    private record Tensor(
            String name, ElementType type, int[] shape, boolean isBatch, int buffer, Optional<Scale> scale) {}

    private record Constant(int size, Consumer<ByteBuffer> fill) {}

    private record Code(Operator operator, int version) {}

    private record Call(int code, int[] inputs, int[] outputs, Options options, int optionsTable) {}

    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Constant> constants = new ArrayList<>();
    private final Map<Code, Integer> codes = new LinkedHashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, String> names = new LinkedHashMap<>();

    TfliteGraph() {
        constants.add(new Constant(0, _ -> {})); // the first buffer means none
    }

    /**
     * Adds a tensor that is computed, and returns its number.
     *
     * @param shape for one picture, without N
     */
    int tensor(String name, ElementType type, int[] shape, Optional<Scale> scale) {
        int[] axes = new int[shape.length + 1];
        axes[0] = 1;
        System.arraycopy(shape, 0, axes, 1, shape.length);
        tensors.add(new Tensor(name, type, axes, true, 0, scale));
        return tensors.size() - 1;
    }

    /** Adds a tensor of floats that is computed from a constant, the same for all pictures. */
    int unpacked(String name, int[] shape) {
        tensors.add(new Tensor(name, ElementType.FLOAT32, shape, false, 0, Optional.empty()));
        return tensors.size() - 1;
    }

    /** Adds constant floats. */
    int floats(String name, int[] shape, float... values) {
        return constant(name, ElementType.FLOAT32, shape, Optional.empty(), bytes -> {
            for (float value : values) bytes.putFloat(value);
        });
    }

    /** Adds constant whole numbers. */
    int integers(String name, int[] shape, int... values) {
        return constant(name, ElementType.INT32, shape, Optional.empty(), bytes -> {
            for (int value : values) bytes.putInt(value);
        });
    }

    /**
     * Adds a constant.
     *
     * @param fill puts its bytes, little-endian, when the file is built
     */
    int constant(String name, ElementType type, int[] shape, Optional<Scale> scale, Consumer<ByteBuffer> fill) {
        int count = 1;
        for (int size : shape) count = Math.multiplyExact(count, size);
        int size = Math.multiplyExact(count, type == ElementType.INT8 ? 1 : 4);
        constants.add(new Constant(size, fill));
        tensors.add(new Tensor(name, type, shape, false, constants.size() - 1, scale));
        return tensors.size() - 1;
    }

    /** Adds an operator; an interpreter too old for the version refuses the file. */
    void operator(Operator operator, int version, Options options, int[] inputs, int output) {
        int code = codes.computeIfAbsent(new Code(operator, version), _ -> codes.size());
        calls.add(new Call(code, inputs, new int[] {output}, options, operator.optionsTable()));
    }

    /** Gives a tensor another name. */
    void rename(int tensor, String name) {
        names.put(tensor, name);
    }

    ElementType type(int tensor) {
        return tensors.get(tensor).type();
    }

    /** Returns a tensor's scale; empty for floats. */
    Optional<Scale> scale(int tensor) {
        return tensors.get(tensor).scale();
    }

    /** Returns the bytes of all constants. */
    long sizeInBytes() {
        return constants.stream().mapToLong(Constant::size).sum();
    }

    /**
     * Returns the file.
     *
     * @param inputs  tensors by the names of the signature
     * @param outputs likewise
     */
    byte[] build(String name, Map<String, Integer> inputs, Map<String, Integer> outputs, Map<String, String> metadata) {
        List<byte[]> texts = metadata.values().stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        texts.forEach(text -> constants.add(new Constant(text.length, bytes -> bytes.put(text))));
        int firstText = constants.size() - texts.size();
        long size = sizeInBytes() + (long) BYTES_EACH * (tensors.size() + calls.size() + constants.size() + 1);
        FlatBufferBuilder builder = new FlatBufferBuilder((int) Math.min(size, Integer.MAX_VALUE - BYTES_EACH));
        int buffers = tables(
                builder, constants.stream().map(each -> buffer(builder, each)).toList());
        int graph = graph(builder, name, inputs, outputs);
        int operatorCodes = tables(
                builder,
                codes.keySet().stream().map(each -> code(builder, each)).toList());
        List<Integer> entries = new ArrayList<>();
        for (String key : metadata.keySet()) entries.add(named(builder, key, firstText + entries.size()));
        int metadataEntries = tables(builder, entries);
        int signatures = tables(builder, List.of(signature(builder, inputs, outputs)));
        int graphs = tables(builder, List.of(graph));
        int description = builder.createString("fovea");
        builder.startTable(8);
        builder.addInt(0, VERSION, 0);
        builder.addOffset(1, operatorCodes, 0);
        builder.addOffset(2, graphs, 0);
        builder.addOffset(3, description, 0);
        builder.addOffset(4, buffers, 0);
        builder.addOffset(6, metadataEntries, 0);
        builder.addOffset(7, signatures, 0);
        builder.finish(builder.endTable(), IDENTIFIER);
        return builder.sizedByteArray();
    }

    private static int tables(FlatBufferBuilder builder, List<Integer> tables) {
        return builder.createVectorOfTables(
                tables.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int buffer(FlatBufferBuilder builder, Constant constant) {
        int bytes = 0;
        if (constant.size() > 0) {
            ByteBuffer space = builder.createUnintializedVector(1, constant.size(), ALIGNMENT);
            bytes = builder.endVector();
            constant.fill().accept(space.order(ByteOrder.LITTLE_ENDIAN));
        }
        builder.startTable(1);
        builder.addOffset(0, bytes, 0);
        return builder.endTable();
    }

    private static int code(FlatBufferBuilder builder, Code code) {
        int number = code.operator().code();
        builder.startTable(4);
        builder.addByte(0, (byte) Math.min(number, Byte.MAX_VALUE), 0); // where older interpreters look
        builder.addInt(2, code.version(), 1);
        builder.addInt(3, number, 0);
        return builder.endTable();
    }

    private int graph(
            FlatBufferBuilder builder, String name, Map<String, Integer> inputs, Map<String, Integer> outputs) {
        List<Integer> tensorTables = new ArrayList<>();
        for (int i = 0; i < tensors.size(); i++) tensorTables.add(tensor(builder, tensors.get(i), i));
        int tensorVector = tables(builder, tensorTables);
        int operators =
                tables(builder, calls.stream().map(each -> call(builder, each)).toList());
        int in = integers(
                builder, inputs.values().stream().mapToInt(Integer::intValue).toArray());
        int out = integers(
                builder, outputs.values().stream().mapToInt(Integer::intValue).toArray());
        int graphName = builder.createString(name);
        builder.startTable(5);
        builder.addOffset(0, tensorVector, 0);
        builder.addOffset(1, in, 0);
        builder.addOffset(2, out, 0);
        builder.addOffset(3, operators, 0);
        builder.addOffset(4, graphName, 0);
        return builder.endTable();
    }

    private int tensor(FlatBufferBuilder builder, Tensor tensor, int number) {
        int shape = integers(builder, tensor.shape());
        int name = builder.createString(names.getOrDefault(number, tensor.name()));
        int scale = tensor.scale().map(each -> scale(builder, each)).orElse(0);
        int free = 0;
        if (tensor.isBatch()) {
            int[] axes = tensor.shape().clone();
            axes[0] = -1;
            free = integers(builder, axes);
        }
        builder.startTable(8);
        builder.addOffset(0, shape, 0);
        builder.addByte(1, (byte) tensor.type().code(), 0);
        builder.addInt(2, tensor.buffer(), 0);
        builder.addOffset(3, name, 0);
        builder.addOffset(4, scale, 0);
        builder.addOffset(7, free, 0);
        return builder.endTable();
    }

    private static int scale(FlatBufferBuilder builder, Scale scale) {
        int count = scale.scales().length;
        builder.startVector(4, count, 4);
        for (int i = count - 1; i >= 0; i--) builder.addFloat(scale.scales()[i]);
        int scales = builder.endVector();
        builder.startVector(8, count, 8);
        for (int i = 0; i < count; i++) builder.addLong(scale.zeroPoint());
        int zeroPoints = builder.endVector();
        builder.startTable(7);
        builder.addOffset(2, scales, 0);
        builder.addOffset(3, zeroPoints, 0);
        builder.addInt(6, scale.axis(), 0);
        return builder.endTable();
    }

    private static int call(FlatBufferBuilder builder, Call call) {
        int inputs = integers(builder, call.inputs());
        int outputs = integers(builder, call.outputs());
        int options = call.optionsTable() == 0 ? 0 : call.options().write(builder);
        builder.startTable(5);
        builder.addInt(0, call.code(), 0);
        builder.addOffset(1, inputs, 0);
        builder.addOffset(2, outputs, 0);
        builder.addByte(3, (byte) call.optionsTable(), 0);
        builder.addOffset(4, options, 0);
        return builder.endTable();
    }

    private static int signature(FlatBufferBuilder builder, Map<String, Integer> inputs, Map<String, Integer> outputs) {
        int in = tables(builder, named(builder, inputs));
        int out = tables(builder, named(builder, outputs));
        int key = builder.createString(SIGNATURE);
        builder.startTable(5);
        builder.addOffset(0, in, 0);
        builder.addOffset(1, out, 0);
        builder.addOffset(2, key, 0);
        return builder.endTable();
    }

    private static List<Integer> named(FlatBufferBuilder builder, Map<String, Integer> numbers) {
        List<Integer> tables = new ArrayList<>();
        numbers.forEach((name, number) -> tables.add(named(builder, name, number)));
        return tables;
    }

    /** A name and a number: of a buffer, or of a tensor. */
    private static int named(FlatBufferBuilder builder, String name, int number) {
        int text = builder.createString(name);
        builder.startTable(2);
        builder.addOffset(0, text, 0);
        builder.addInt(1, number, 0);
        return builder.endTable();
    }

    private static int integers(FlatBufferBuilder builder, int[] values) {
        builder.startVector(4, values.length, 4);
        for (int i = values.length - 1; i >= 0; i--) builder.addInt(values[i]);
        return builder.endVector();
    }
}
