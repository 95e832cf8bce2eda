package io.fovea.kserve;

import io.fovea.problem.Problem;
import io.fovea.wire.Content;
import io.fovea.wire.Datatype;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Elements as bytes: little-endian in reading order, each of BYTES behind its length of 4 bytes; behind JSON in REST, in fields of their own
 * in gRPC.
 */
final class RawTensor {

    private RawTensor() {}

    /**
     * Returns the elements that all of the bytes are.
     *
     * @param datatype FP32 or BYTES, which models take
     * @param where    what problems name
     * @throws Problem if an element is cut off
     */
    static Content read(Datatype datatype, ByteBuffer bytes, String where) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        return switch (datatype) {
            case FP32 -> floats(bytes, where);
            case BYTES -> files(bytes, where);
            case UINT8, INT64, FP64 -> throw new IllegalArgumentException("No model takes " + datatype);
        };
    }

    private static Content.Floats floats(ByteBuffer bytes, String where) {
        if (bytes.remaining() % Float.BYTES != 0)
            throw new Problem(
                    bytes.remaining() + " bytes are no whole number of FP32.",
                    where,
                    "send 4 bytes for each, little-endian");
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return new Content.Floats(values);
    }

    private static Content.Files files(ByteBuffer bytes, String where) {
        List<byte[]> files = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
            if (length < 0 || length > bytes.remaining())
                throw new Problem(
                        "Element " + files.size() + " is cut off.",
                        where,
                        "put the length of each element before it, 4 bytes little-endian");
            byte[] file = new byte[length];
            bytes.get(file);
            files.add(file);
        }
        return new Content.Files(files);
    }

    static byte[] bytes(Content content) {
        return switch (content) {
            case Content.Floats floats -> {
                ByteBuffer bytes = little(floats.count() * Float.BYTES);
                bytes.asFloatBuffer().put(floats.values());
                yield bytes.array();
            }
            case Content.Doubles doubles -> {
                ByteBuffer bytes = little(doubles.count() * Double.BYTES);
                bytes.asDoubleBuffer().put(doubles.values());
                yield bytes.array();
            }
            case Content.Octets octets -> octets.values();
            case Content.Integers integers -> {
                ByteBuffer bytes = little(integers.count() * Long.BYTES);
                bytes.asLongBuffer().put(integers.values());
                yield bytes.array();
            }
            case Content.Files files -> prefixed(files.values());
            case Content.Texts texts ->
                prefixed(texts.values().stream()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList());
        };
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] prefixed(List<byte[]> elements) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] element : elements) {
            bytes.writeBytes(little(Integer.BYTES).putInt(element.length).array());
            bytes.writeBytes(element);
        }
        return bytes.toByteArray();
    }
}
