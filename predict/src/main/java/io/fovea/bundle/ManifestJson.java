package io.fovea.bundle;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
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
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.fovea.problem.Problem;
import io.fovea.task.Task;
import io.fovea.task.TaskJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The manifest as JSON: fields in the order of the records, choices as words in lower case joined by hyphens, times as ISO 8601 in UTC.
 *
 * <p>Reading ignores fields it does not know, so that a later minor version may add some; a field that is missing, of the
 * wrong kind or out of range is a problem that names it.
 */
final class ManifestJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(module())
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

    private static final String STRIDE = "stride";
    private static final String ANSWERS = "answers";

    private ManifestJson() {}

    private static SimpleModule module() {
        SimpleModule module = new SimpleModule()
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addDeserializer(Instant.class, new InstantReader())
                .addSerializer(Task.class, new TaskWriter())
                .addDeserializer(Task.class, new TaskReader())
                .addSerializer(new ChoiceWriter())
                .addSerializer(Optional.class, new FamiliarityWriter())
                .addDeserializer(Optional.class, new FamiliarityReader());
        MeasurementJson.addTo(module);
        return module;
    }

    static byte[] bytes(Manifest manifest) {
        try {
            return (MAPPER.writeValueAsString(tree(manifest)).replace("\r\n", "\n") + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The manifest cannot be written as JSON", e);
        }
    }

    /** The record's fields, with what a reader must know to prepare a picture. */
    private static ObjectNode tree(Manifest manifest) {
        ObjectNode fields = MAPPER.valueToTree(manifest);
        ((ObjectNode) fields.get("preprocessing")).setAll(PreparationWords.rules(manifest.preprocessing()));
        for (JsonNode golden : fields.path("golden")) {
            if (golden.path(STRIDE).asInt() == 1) ((ObjectNode) golden).remove(STRIDE);
        }
        if (manifest.answers().pictures() == 0) fields.remove(ANSWERS);
        ObjectNode tree = MAPPER.createObjectNode();
        fields.properties().forEach(field -> {
            if (field.getKey().equals("preprocessing"))
                tree.set("input", PreparationWords.input(manifest.preprocessing()));
            if (field.getKey().equals("task")) tree.setAll((ObjectNode) field.getValue());
            else if (!field.getValue().isNull()) tree.set(field.getKey(), field.getValue());
        });
        return tree;
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
            gatherTask(tree, where);
            addWhatCameLater(tree, where);
            Manifest manifest = MAPPER.treeToValue(tree, Manifest.class);
            PreparationWords.check(tree, manifest.preprocessing(), where);
            return manifest;
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

    /** Puts the fields that tell the task under one name, as the record holds them. */
    private static void gatherTask(JsonNode tree, String where) {
        if (!(tree instanceof ObjectNode manifest)) return;
        try {
            manifest.set("task", TaskJson.write(TaskJson.read(tree)));
        } catch (IllegalArgumentException e) {
            String word = tree.path("task").asText("");
            if (!word.isEmpty() && !TaskJson.words().contains(word.toLowerCase(Locale.ROOT)))
                throw new Problem(e.getMessage(), where, "use a newer Fovea, or export the model with this one", e);
            throw wrong("The manifest is wrong: " + e.getMessage(), where, e);
        }
    }

    /**
     * Version 1.0 knew classifications without a crop margin only; 1.1 listed no outputs, and joined words by an underscore; 1.2 kept
     * whole results of golden pictures, as every later one does where they are small; 1.3 measured without units; 1.4 counted no answers.
     */
    private static void addWhatCameLater(JsonNode tree, String where) {
        if (!(tree instanceof ObjectNode manifest)) return;
        if (!manifest.has(ANSWERS)) manifest.set(ANSWERS, MAPPER.valueToTree(AnswerDistribution.NONE));
        if (!manifest.has("familiarity")) manifest.putNull("familiarity");
        if (!manifest.has("outputs")) {
            Task task = TaskJson.read(tree.path("task"));
            try {
                manifest.set(
                        "outputs",
                        MAPPER.valueToTree(task.outputs(List.of(task.names().size()))));
            } catch (IllegalArgumentException e) { // a task that came after the listing of outputs
                throw wrong("Field \"outputs\" is missing or wrong: " + e.getMessage(), where, e);
            }
        }
        for (JsonNode measurement : tree.path("measurements")) MeasurementJson.complete(measurement);
        MeasurementJson.complete(tree.path("familiarity").path("falseAlarms"));
        for (JsonNode golden : tree.path("golden")) {
            if (golden instanceof ObjectNode picture && !picture.has(STRIDE)) picture.put(STRIDE, 1);
        }
        if (!(tree.path("preprocessing") instanceof ObjectNode preprocessing)) return;
        if (!preprocessing.has("cropMargin")) preprocessing.put("cropMargin", 0);
        if (preprocessing.path("resizeMode").isTextual()) {
            // choices are read by the names of their constants
            preprocessing.put(
                    "resizeMode", preprocessing.path("resizeMode").asText().replace('-', '_'));
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

    private static final class TaskWriter extends StdSerializer<Task> {
        private static final long serialVersionUID = 1L;

        TaskWriter() {
            super(Task.class);
        }

        @Override
        public void serialize(Task task, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeTree(TaskJson.write(task));
        }
    }

    private static final class TaskReader extends StdDeserializer<Task> {
        private static final long serialVersionUID = 1L;

        TaskReader() {
            super(Task.class);
        }

        @Override
        public Task deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return TaskJson.read(context.readTree(in));
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
            out.writeString(choice.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class FamiliarityWriter extends StdSerializer<Optional> {
        private static final long serialVersionUID = 1L;

        FamiliarityWriter() {
            super(Optional.class);
        }

        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (value.isEmpty()) out.writeNull();
            else out.writePOJO(value.get());
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class FamiliarityReader extends StdDeserializer<Optional> {
        private static final long serialVersionUID = 1L;

        FamiliarityReader() {
            super(Optional.class);
        }

        @Override
        public Optional<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Optional.of(context.readValue(in, Familiarity.class));
        }

        @Override
        public Optional<?> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }
    }
}
