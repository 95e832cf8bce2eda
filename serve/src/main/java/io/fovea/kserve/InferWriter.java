package io.fovea.kserve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fovea.wire.Content;
import io.fovea.wire.WireTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.OptionalInt;

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

    /** Returns an answer as bytes. */
    public static Written write(InferAnswer answer) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        InferRequest request = answer.request();
        boolean anyBinary = false;
        try (JsonGenerator out = JSON.createGenerator(json)) {
            out.writeStartObject();
            out.writeStringField("model_name", answer.model());
            out.writeStringField("model_version", Long.toString(answer.version()));
            if (request.id().isPresent())
                out.writeStringField("id", request.id().get());
            out.writeArrayFieldStart("outputs");
            for (WireTensor output : answer.outputs()) {
                boolean binary = request.wanted(output.name()).binary().orElse(request.binary());
                anyBinary |= binary;
                output(out, output, binary, behind);
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

    private static void output(JsonGenerator out, WireTensor tensor, boolean binary, ByteArrayOutputStream behind)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("name", tensor.name());
        out.writeStringField("datatype", tensor.datatype().name());
        out.writeArrayFieldStart("shape");
        for (int size : tensor.shape()) out.writeNumber(size);
        out.writeEndArray();
        if (binary) {
            byte[] bytes = RawTensor.bytes(tensor.content());
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
}
