package io.fovea.bundle;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The manifest as JSON: fields in the order of the records, choices in lower case, times as ISO 8601 in UTC.
 *
 * <p>Reading ignores fields it does not know, so that a later minor version may add some; a field that is missing, of the
 * wrong kind or out of range is a problem that names it.
 */
final class ManifestJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new InstantReader())
                    .addSerializer(new ChoiceWriter()))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ManifestJson() {}

    static byte[] bytes(Manifest manifest) {
        try {
            return (MAPPER.writeValueAsString(manifest).replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The manifest cannot be written as JSON", e);
        }
    }

    /**
     * Reads a manifest.
     *
     * @param where the place that problems name
     * @throws Problem if the JSON is broken, a field is missing or wrong, or the major version is a later one
     */
    static Manifest read(byte[] json, String where) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            checkVersion(tree.path("formatVersion").asText(""), where);
            if (tree.path("formatVersion").asText().endsWith(".0")) addWhatCameLater(tree);
            return MAPPER.treeToValue(tree, Manifest.class);
        } catch (JsonMappingException e) {
            String place =
                    path(e).isEmpty() ? "The manifest is wrong: " : "Field \"" + path(e) + "\" is missing or wrong: ";
            // a record that refuses its values says why better than the reader that called it
            boolean refused = e.getCause() instanceof IllegalArgumentException;
            throw wrong(place + (refused ? e.getCause().getMessage() : e.getOriginalMessage()), where, e);
        } catch (IOException e) {
            throw wrong(
                    "The manifest is not JSON: "
                            + (e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.getMessage()),
                    where,
                    e);
        }
    }

    /** Version 1.0 knew classifications without a crop margin only. */
    private static void addWhatCameLater(JsonNode tree) {
        if (tree instanceof ObjectNode manifest && !manifest.has("targets")) manifest.putArray("targets");
        if (tree.path("preprocessing") instanceof ObjectNode preprocessing && !preprocessing.has("cropMargin")) {
            preprocessing.put("cropMargin", 0);
        }
    }

    private static void checkVersion(String version, String where) {
        if (!version.matches("\\d{1,6}\\.\\d{1,6}")) {
            throw wrong(
                    "Field \"formatVersion\" must be like \"" + Manifest.FORMAT_VERSION + "\", found \"" + version
                            + "\"",
                    where,
                    null);
        }
        int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
        int known = Integer.parseInt(Manifest.FORMAT_VERSION.substring(0, Manifest.FORMAT_VERSION.indexOf('.')));
        if (major != known) {
            throw new Problem(
                    "Expected format version " + known + ".x, found " + version,
                    where,
                    major > known
                            ? "use a newer Fovea, or export the model with this one"
                            : "export the model again with this version of Fovea");
        }
    }

    private static Problem wrong(String what, String where, Exception cause) {
        return new Problem(
                what, where, "export the model again, or copy the file again from where it came from", cause);
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining());
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private static final class InstantReader extends FromStringDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String text, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw context.weirdStringException(text, Instant.class, "expected a time like 2026-01-31T12:00:00Z");
            }
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class ChoiceWriter extends StdSerializer<Enum> {
        private static final long serialVersionUID = 1L;

        ChoiceWriter() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum choice, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(choice.name().toLowerCase(Locale.ROOT));
        }
    }
}
