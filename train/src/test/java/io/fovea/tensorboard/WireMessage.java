package io.fovea.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A protocol-buffer message read by its wire format alone, knowing nothing of the writer.
 *
 * <p>Source: protobuf.dev, "Encoding".
 */
public final class WireMessage {

    private final Map<Integer, List<Object>> fields = new LinkedHashMap<>();

    /** Reads all fields: varints and fixed numbers as Long, the rest as bytes. */
    public WireMessage(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long key = varint(in);
            Object value =
                    switch ((int) (key & 7)) {
                        case 0 -> varint(in);
                        case 1 -> in.getLong();
                        case 2 -> {
                            byte[] data = new byte[(int) varint(in)];
                            in.get(data);
                            yield data;
                        }
                        case 5 -> (long) in.getInt();
                        default -> throw new IllegalArgumentException("wire type " + (key & 7));
                    };
            fields.computeIfAbsent((int) (key >>> 3), _ -> new ArrayList<>()).add(value);
        }
    }

    public boolean has(int field) {
        return fields.containsKey(field);
    }

    /** Returns a varint; 0 if it is missing, as proto3 has it. */
    public long whole(int field) {
        return has(field) ? (long) only(field) : 0;
    }

    public double real(int field) {
        return has(field) ? Double.longBitsToDouble((long) only(field)) : 0;
    }

    public float real32(int field) {
        return Float.intBitsToFloat((int) (long) only(field));
    }

    public String text(int field) {
        return new String(bytes(field), StandardCharsets.UTF_8);
    }

    public byte[] bytes(int field) {
        return (byte[]) only(field);
    }

    public WireMessage message(int field) {
        return new WireMessage(bytes(field));
    }

    public List<WireMessage> messages(int field) {
        return fields.getOrDefault(field, List.of()).stream()
                .map(bytes -> new WireMessage((byte[]) bytes))
                .toList();
    }

    public List<String> texts(int field) {
        return fields.getOrDefault(field, List.of()).stream()
                .map(bytes -> new String((byte[]) bytes, StandardCharsets.UTF_8))
                .toList();
    }

    /** Reads {@code repeated double} in its packed form. */
    public List<Double> reals(int field) {
        ByteBuffer in = ByteBuffer.wrap(bytes(field)).order(ByteOrder.LITTLE_ENDIAN);
        List<Double> values = new ArrayList<>();
        while (in.hasRemaining()) values.add(in.getDouble());
        return values;
    }

    /** Reads a map with text keys: entries {1: key, 2: value}. */
    public Map<String, WireMessage> map(int field) {
        Map<String, WireMessage> map = new LinkedHashMap<>();
        for (WireMessage entry : messages(field)) map.put(entry.text(1), entry.message(2));
        return map;
    }

    private Object only(int field) {
        List<Object> values = fields.getOrDefault(field, List.of());
        if (values.size() != 1) {
            throw new IllegalArgumentException("field " + field + " is there " + values.size() + " times");
        }
        return values.getFirst();
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
    }
}
