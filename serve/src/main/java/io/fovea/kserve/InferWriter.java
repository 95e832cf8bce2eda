package io.fovea.kserve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fovea.problem.Problem;
import io.fovea.wire.Content;
import io.fovea.wire.Datatype;
import io.fovea.wire.WireTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Writes the answer to a request for inference. */
public final class InferWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private InferWriter() {}

    /**
     * An answer as bytes.
     *
     * @param bytes        JSON, and behind it tensors as bytes
     * @param headerLength how many are JSON; empty if all are
     */
    public record Written(byte[] bytes, OptionalInt headerLength) {}

    /**
     * Returns an answer.
     *
     * @param name       of the model as it was asked
     * @param version    that answered
     * @param outputs    in the order in which they stand there, all that {@code request} names or the usual ones
     * @param classNames for the classification extension
     * @throws Problem if classes are wanted of an output that has none
     */
    public static Written write(
            String name, long version, InferRequest request, Map<String, WireTensor> outputs, List<String> classNames) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        boolean anyBinary = false;
        try (JsonGenerator out = JSON.createGenerator(json)) {
            out.writeStartObject();
            out.writeStringField("model_name", name);
            out.writeStringField("model_version", Long.toString(version));
            if (request.id().isPresent())
                out.writeStringField("id", request.id().get());
            out.writeArrayFieldStart("outputs");
            for (WireTensor output : outputs.values()) {
                RequestedOutput wanted = wanted(request, output.name());
                WireTensor shown =
                        wanted.classification() == 0 ? output : classes(output, wanted.classification(), classNames);
                boolean binary = wanted.binary().orElse(request.binary());
                anyBinary |= binary;
                output(out, shown, binary, behind);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        int length = json.size();
        json.writeBytes(behind.toByteArray());
        return new Written(json.toByteArray(), anyBinary ? OptionalInt.of(length) : OptionalInt.empty());
    }

    private static RequestedOutput wanted(InferRequest request, String name) {
        return request.outputs().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseGet(() -> new RequestedOutput(name, java.util.Optional.empty(), 0));
    }

    private static void output(JsonGenerator out, WireTensor tensor, boolean binary, ByteArrayOutputStream behind)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("name", tensor.name());
        out.writeStringField("datatype", tensor.datatype().name());
        out.writeArrayFieldStart("shape");
        for (int size : tensor.shape()) out.writeNumber(size);
        out.writeEndArray();
        if (binary) {
            byte[] bytes = bytes(tensor.content());
            behind.writeBytes(bytes);
            out.writeObjectFieldStart("parameters");
            out.writeNumberField("binary_data_size", bytes.length);
            out.writeEndObject();
        } else {
            out.writeArrayFieldStart("data");
            elements(out, tensor.content());
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void elements(JsonGenerator out, Content content) throws IOException {
        switch (content) {
            case Content.Floats floats -> {
                for (float value : floats.values()) out.writeNumber(value);
            }
            case Content.Doubles doubles -> {
                for (double value : doubles.values()) out.writeNumber(value);
            }
            case Content.Octets octets -> {
                for (byte value : octets.values()) out.writeNumber(value & 0xff);
            }
            case Content.Integers integers -> {
                for (long value : integers.values()) out.writeNumber(value);
            }
            case Content.Files files -> {
                for (byte[] file : files.values())
                    out.writeString(Base64.getEncoder().encodeToString(file));
            }
            case Content.Texts texts -> {
                for (String text : texts.values()) out.writeString(text);
            }
        }
    }

    private static byte[] bytes(Content content) {
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

    /** The classification extension: for each picture the k largest values as {@code value:index:label}. */
    private static WireTensor classes(WireTensor output, int k, List<String> classNames) {
        boolean fits = output.content() instanceof Content.Floats
                && output.shape().size() == 2
                && output.shape().get(1) == classNames.size();
        if (!fits)
            throw new Problem(
                    "The output \"" + output.name() + "\" has no number for each class.",
                    "parameter \"classification\"",
                    "leave it out, or ask a classifier for \"probabilities\"");
        float[] values = ((Content.Floats) output.content()).values();
        int classes = classNames.size();
        int shown = Math.min(k, classes);
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < output.shape().getFirst(); row++) {
            int from = row * classes;
            IntStream.range(0, classes)
                    .boxed()
                    .sorted((left, right) -> Float.compare(values[from + right], values[from + left]))
                    .limit(shown)
                    .forEach(label -> texts.add(values[from + label] + ":" + label + ":" + classNames.get(label)));
        }
        return new WireTensor(
                output.name(), Datatype.BYTES, List.of(output.shape().getFirst(), shown), new Content.Texts(texts));
    }
}
