package io.fovea.look;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import io.fovea.worker.Answer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Answers as JSON, and fields of questions. */
final class LookJson {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private LookJson() {}

    static Answer answer(Object value) {
        try {
            return new Answer(Answer.JSON, MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Answer png(Pixels picture) {
        return new Answer(Answer.PNG, PngWriter.bytes(picture));
    }

    /** Returns a record as fields that more are added to. */
    static ObjectNode object(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Returns a picture as an address that holds it. */
    static String address(Pixels picture) {
        return address(PngWriter.bytes(picture));
    }

    static String address(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    static Path path(JsonNode fields, String name) {
        return Path.of(fields.path(name).asText());
    }

    static Optional<String> text(JsonNode fields, String name) {
        return Optional.of(fields.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    static Optional<Integer> whole(JsonNode fields, String name) {
        return Optional.of(fields.path(name)).filter(JsonNode::isInt).map(JsonNode::asInt);
    }
}
