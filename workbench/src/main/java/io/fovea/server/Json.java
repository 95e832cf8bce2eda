package io.fovea.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.util.Map;

/** Answers as JSON, and bodies of requests that are JSON. */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    static byte[] bytes(Object answer) {
        try {
            return MAPPER.writeValueAsBytes(answer);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns a body's fields. */
    static Map<String, Object> fields(byte[] body) {
        try {
            return MAPPER.readValue(body, new TypeReference<>() {});
        } catch (IOException | IllegalArgumentException otherwise) {
            throw new Problem(
                    "The body is no JSON object.", "the body", "send what /api/openapi.json describes", otherwise);
        }
    }
}
