package io.fovea.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Answers as JSON. */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    static final String MEDIA_TYPE = "application/json";

    private Json() {}

    static JsonNode tree(byte[] body) throws IOException {
        return MAPPER.readTree(body);
    }

    static byte[] bytes(Object answer) {
        try {
            return MAPPER.writeValueAsBytes(answer);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
