package io.fovea.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file: name → type, shape, and where the bytes lie.
 *
 * <p>Every claim is checked before a byte of a tensor is read: the ranges fill the rest of the file without hole or overlap,
 * and each is as long as its shape needs.
 *
 * @param entries  in the order of their bytes
 * @param metadata free-form notes
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {

    /** The reference reader's limit. */
    private static final int LARGEST_HEADER = 100_000_000;

    private static final String METADATA = "__metadata__";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * One tensor as the header describes it.
     *
     * @param position of its first byte in the file
     * @param count    how many numbers
     */
    record Entry(String name, StoredType type, int[] shape, long position, int count) {}

    static byte[] bytes(Weights weights, WeightPrecision precision, Map<String, String> metadata) {
        ObjectNode root = MAPPER.createObjectNode();
        if (!metadata.isEmpty()) new TreeMap<>(metadata).forEach(root.putObject(METADATA)::put);
        long position = 0;
        for (NamedTensor tensor : weights.tensors()) {
            if (tensor.name().equals(METADATA))
                throw new IllegalArgumentException("A tensor cannot be named " + METADATA);
            StoredType type = precision.type(tensor);
            long end = position + (long) tensor.values().length * type.sizeInBytes();
            ObjectNode entry = root.putObject(tensor.name());
            entry.put("dtype", type.name());
            entry.set("shape", MAPPER.valueToTree(tensor.shape()));
            entry.putArray("data_offsets").add(position).add(end);
            position = end;
        }
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        // Spaces at the end, so that the floats begin on a multiple of eight and can be mapped.
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    static SafetensorsHeader read(ByteSource source, String file) throws IOException {
        long fileSize = source.size();
        if (fileSize < Long.BYTES) throw ByteSource.broken("Expected at least 8 bytes, found " + fileSize, file, null);
        long size = source.bytes(0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (size < 2 || size > LARGEST_HEADER) {
            throw ByteSource.broken(
                    "The header's length must be 2 to " + LARGEST_HEADER + " bytes, found "
                            + Long.toUnsignedString(size),
                    file,
                    null);
        }
        long start = Long.BYTES + size;
        if (start > fileSize) {
            throw ByteSource.broken(
                    "The header should end at byte " + start + ", but the file ends at " + fileSize, file, null);
        }
        JsonNode root = json(source.bytes(Long.BYTES, (int) size), file);
        List<Entry> entries = new ArrayList<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                field.getValue()
                        .properties()
                        .forEach(note ->
                                metadata.put(note.getKey(), note.getValue().asText()));
            } else {
                entries.add(entry(field.getKey(), field.getValue(), start, fileSize, file));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::position).thenComparingInt(Entry::count));
        checkCovered(entries, start, fileSize, file);
        return new SafetensorsHeader(List.copyOf(entries), metadata);
    }

    private static JsonNode json(ByteBuffer bytes, String file) throws IOException {
        byte[] text = new byte[bytes.remaining()];
        bytes.get(text);
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root.isObject()) return root;
        } catch (JsonProcessingException e) {
            throw ByteSource.broken("The header is not valid JSON: " + e.getOriginalMessage(), file, e);
        }
        throw ByteSource.broken("The header is not a JSON object", file, null);
    }

    private static Entry entry(String name, JsonNode json, long start, long fileSize, String file) {
        String where = file + ", tensor \"" + name + "\"";
        StoredType type = type(json.path("dtype").asText(""), where);
        int[] shape = shape(json.path("shape"), where);
        long count = 1;
        for (int axis : shape) {
            // At most 2^31 times 2^31: never overflows.
            count *= axis;
            if (count > Integer.MAX_VALUE / type.sizeInBytes()) {
                throw ByteSource.broken(
                        "The shape " + Arrays.toString(shape) + " is too large for one array", where, null);
            }
        }
        JsonNode offsets = json.path("data_offsets");
        if (offsets.size() != 2
                || !offsets.path(0).isIntegralNumber()
                || !offsets.path(1).isIntegralNumber()) {
            throw ByteSource.broken("\"data_offsets\" must be two numbers, found " + offsets, where, null);
        }
        long begin = offsets.path(0).asLong();
        long end = offsets.path(1).asLong();
        if (begin < 0 || end < begin || end > fileSize - start) {
            throw ByteSource.broken(
                    "Bytes " + begin + " to " + end + " are outside of the file's " + (fileSize - start)
                            + " bytes of tensors",
                    where,
                    null);
        }
        if (end - begin != count * type.sizeInBytes()) {
            throw ByteSource.broken(
                    type + " " + Arrays.toString(shape) + " needs " + count * type.sizeInBytes() + " bytes, found "
                            + (end - begin),
                    where,
                    null);
        }
        return new Entry(name, type, shape, start + begin, (int) count);
    }

    private static StoredType type(String name, String where) {
        for (StoredType type : StoredType.values()) if (type.name().equals(name)) return type;
        throw new Problem(
                "The number type \"" + name + "\" is not supported",
                where,
                "save the tensor as one of " + Arrays.toString(StoredType.values()));
    }

    private static int[] shape(JsonNode json, String where) {
        if (!json.isArray()) throw ByteSource.broken("\"shape\" must be a list, found " + json, where, null);
        int[] shape = new int[json.size()];
        for (int i = 0; i < shape.length; i++) {
            JsonNode axis = json.get(i);
            if (!axis.canConvertToInt() || !axis.isIntegralNumber() || axis.intValue() < 0) {
                throw ByteSource.broken(
                        "\"shape\" must hold sizes from 0 to " + Integer.MAX_VALUE + ", found " + json, where, null);
            }
            shape[i] = axis.intValue();
        }
        return shape;
    }

    private static void checkCovered(List<Entry> entries, long start, long fileSize, String file) {
        long position = start;
        String before = "the header";
        for (Entry entry : entries) {
            if (entry.position() != position) {
                throw ByteSource.broken(
                        "Expected tensor \"" + entry.name() + "\" right after " + before + " at byte " + position
                                + ", found "
                                + (entry.position() < position ? "an overlap" : "a hole") + ": it begins at "
                                + entry.position(),
                        file,
                        null);
            }
            position += (long) entry.count() * entry.type().sizeInBytes();
            before = "tensor \"" + entry.name() + "\"";
        }
        if (position != fileSize) {
            throw ByteSource.broken(
                    "The tensors end at byte " + position + ", but the file ends at " + fileSize, file, null);
        }
    }
}
