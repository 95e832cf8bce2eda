package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fovea.predict.Classifier;
import io.fovea.predict.Model;
import io.fovea.predict.Regressor;
import io.fovea.predict.Segmenter;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The Open Inference Protocol over REST")
class KserveTest {

    private static final byte[] PICTURE = ExampleModels.picture(25, 31, 11);

    /** KServe's own description, where it lies beside the repository. */
    private static final Path DESCRIPTION = Path.of("../../shared/protocols/open_inference_rest.yaml");

    @TempDir
    static Path folder;

    private static ModelRepository models;
    private static PredictionServer server;
    private static Asked asked;

    @BeforeAll
    static void models_of_every_task() {
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, folder.resolve("pets/2/pets.fovea"));
        ExampleModels.write(ExampleModels.VALUES, ExampleModels.NOSE, 2, folder.resolve("noses.fovea"));
        ExampleModels.write(ExampleModels.MAPS, ExampleModels.PIXELS, 3, folder.resolve("streets.fovea"));
        models = ModelRepository.open(List.of(folder), RepositorySettings.USUAL, Duration.ZERO);
        server = PredictionServer.start(models, ServerSettings.onThisMachine(0));
        asked = new Asked(server.address());
    }

    @AfterAll
    static void ends() {
        server.close();
        models.close();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String image(String more) {
        return "{\"id\":\"7\",\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\""
                + base64(PICTURE) + "\"]}]" + more + "}";
    }

    private static float[] floats(JsonNode data) {
        float[] values = new float[data.size()];
        for (int i = 0; i < values.length; i++) values[i] = data.path(i).floatValue();
        return values;
    }

    private static JsonNode output(JsonNode answer, String name) {
        for (JsonNode each : answer.path("outputs"))
            if (each.path("name").asText().equals(name)) return each;
        throw new AssertionError(name + " is not in " + answer);
    }

    @Test
    void says_that_it_lives_and_is_ready() {
        assertThat(asked.get("/v2/health/live").status()).isEqualTo(200);
        assertThat(asked.get("/v2/health/ready").status()).isEqualTo(200);
        assertThat(asked.get("/v2/models/pets/ready").status()).isEqualTo(200);
        assertThat(asked.get("/v2/models/pets/versions/2/ready").status()).isEqualTo(200);
        assertThat(asked.get("/v2/models/pets/versions/3/ready").status()).isEqualTo(404);
    }

    @Test
    void names_itself_and_its_extensions() {
        JsonNode words = asked.get("/v2").json();
        assertThat(words.path("name").asText()).isEqualTo("fovea");
        assertThat(words.path("extensions").toString()).contains("classification", "binary_tensor_data", "statistics");
    }

    @Test
    void describes_a_model_by_pictures_and_by_tensors() {
        JsonNode pictures = asked.get("/v2/models/pets").json();
        assertThat(pictures.path("inputs").toString())
                .isEqualTo("[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[-1]}]");
        assertThat(pictures.path("versions").toString()).isEqualTo("[\"2\"]");
        JsonNode tensors = asked.get("/v2/models/pets-tensor").json();
        assertThat(tensors.path("inputs").toString())
                .isEqualTo("[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[-1,3,10,12]}]");
        assertThat(tensors.path("name").asText()).isEqualTo("pets-tensor");
    }

    @Test
    void answers_for_a_picture_in_base64_as_the_library_does() {
        JsonNode answer = asked.post("/v2/models/pets/infer", image("")).json();
        assertThat(answer.path("model_name").asText()).isEqualTo("pets");
        assertThat(answer.path("model_version").asText()).isEqualTo("2");
        assertThat(answer.path("id").asText()).isEqualTo("7");
        try (Classifier classifier = Classifier.load(folder.resolve("pets/2/pets.fovea"))) {
            assertThat(floats(output(answer, "probabilities").path("data")))
                    .isEqualTo(classifier.classify(PICTURE).probabilities());
            assertThat(floats(output(answer, "logits").path("data")))
                    .isEqualTo(classifier.classify(PICTURE).logits());
        }
        assertThat(output(answer, "logits").path("shape").toString()).isEqualTo("[1,3]");
    }

    @Test
    void gives_values_in_the_picture_s_pixels_and_labels_in_its_size() {
        JsonNode values = asked.post("/v2/models/noses/infer", image("")).json();
        try (Regressor regressor = Regressor.load(folder.resolve("noses.fovea"))) {
            assertThat(output(values, "values").path("data").path(0).asDouble())
                    .isEqualTo(regressor.predict(PICTURE).value("nose_x"));
        }
        JsonNode labels = asked.post("/v2/models/streets/infer", image("")).json();
        assertThat(output(labels, "labels").path("shape").toString()).isEqualTo("[1,25,31]");
        try (Segmenter segmenter = Segmenter.load(folder.resolve("streets.fovea"))) {
            assertThat(output(labels, "labels").path("data").path(31 * 24 + 30).asInt())
                    .isEqualTo(segmenter.segment(PICTURE, "picture").label(24, 30));
            JsonNode mask = asked.post("/v2/models/streets/infer", image(",\"outputs\":[{\"name\":\"mask\"}]"))
                    .json();
            assertThat(Base64.getDecoder()
                            .decode(output(mask, "mask").path("data").path(0).asText()))
                    .isEqualTo(segmenter.segment(PICTURE, "picture").png().orElseThrow());
        }
    }

    @Test
    void names_the_likeliest_classes_by_the_classification_extension() {
        JsonNode answer = asked.post(
                        "/v2/models/pets/infer",
                        image(",\"outputs\":[{\"name\":\"probabilities\",\"parameters\":{\"classification\":2}}]"))
                .json();
        JsonNode output = output(answer, "probabilities");
        assertThat(output.path("datatype").asText()).isEqualTo("BYTES");
        assertThat(output.path("shape").toString()).isEqualTo("[1,2]");
        try (Classifier classifier = Classifier.load(folder.resolve("pets/2/pets.fovea"))) {
            var best = classifier.classify(PICTURE).best();
            assertThat(output.path("data").path(0).asText())
                    .isEqualTo(best.probability() + ":" + best.label() + ":" + best.name());
        }
    }

    @Nested
    @DisplayName("with tensors as bytes behind the JSON")
    class Binary {

        @Test
        void takes_what_the_network_takes_and_gives_what_it_gives() {
            try (Model model = Model.load(folder.resolve("pets/2/pets.fovea"))) {
                var input = model.prepare(PICTURE, "picture");
                ByteBuffer bytes = ByteBuffer.allocate(4 * input.size()).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(input.floats());
                Asked.Answer answer = sent(
                        "pets-tensor",
                        "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,3,10,12],\"datatype\":\"FP32\",\"parameters\":"
                                + "{\"binary_data_size\":1440}}],\"outputs\":[{\"name\":\"logits\",\"parameters\":"
                                + "{\"binary_data\":true}},{\"name\":\"probabilities\"}]}",
                        bytes.array());
                int length = Integer.parseInt(answer.headers().get("Inference-Header-Content-Length"));
                assertThat(answer.type()).isEqualTo("application/octet-stream");
                assertThat(answer.bytes()).hasSize(length + 12);
                float[] logits = new float[3];
                ByteBuffer.wrap(answer.bytes(), length, 12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(logits);
                var expected = model.run(Map.of("input", input));
                assertThat(logits).isEqualTo(expected.get("logits").floats());
                assertThat(new String(answer.bytes(), 0, length, StandardCharsets.UTF_8))
                        .contains("\"parameters\":{\"binary_data_size\":12}")
                        .contains("\"probabilities\"");
            }
        }

        @Test
        void takes_picture_files_with_their_lengths_before_them() {
            ByteBuffer two = ByteBuffer.allocate(8 + 2 * PICTURE.length).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 2; i++) two.putInt(PICTURE.length).put(PICTURE);
            Asked.Answer answer = sent(
                    "pets",
                    "{\"inputs\":[{\"name\":\"image\",\"shape\":[2],\"datatype\":\"BYTES\",\"parameters\":"
                            + "{\"binary_data_size\":" + two.capacity() + "}}]}",
                    two.array());
            assertThat(output(answer.json(), "logits").path("shape").toString()).isEqualTo("[2,3]");
        }

        @Test
        void takes_a_picture_alone_where_the_header_says_that_nothing_is_json() {
            Asked.Answer answer =
                    asked.send("POST", "/v2/models/pets/infer", PICTURE, "Inference-Header-Content-Length", "0");
            assertThat(answer.status()).isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({"1439, 1439", "1440, 1436", "1440, 1444", "2147483647, 10"})
        void refuses_more_or_fewer_bytes_than_it_was_told(int told, int sent) {
            Asked.Answer answer = sent(
                    "pets-tensor",
                    "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,3,10,12],\"datatype\":\"FP32\",\"parameters\":"
                            + "{\"binary_data_size\":" + told + "}}]}",
                    new byte[sent]);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("error").asText()).isNotEmpty();
        }

        @Test
        void refuses_what_is_no_number() {
            byte[] input = new byte[1440];
            ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).putFloat(8, Float.NaN);
            Asked.Answer answer = sent(
                    "pets-tensor",
                    "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,3,10,12],\"datatype\":\"FP32\",\"parameters\":"
                            + "{\"binary_data_size\":1440}}]}",
                    input);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("what").asText()).isEqualTo("Element 2 of \"input\" is NaN.");
        }

        private Asked.Answer sent(String model, String json, byte[] behind) {
            byte[] head = json.getBytes(StandardCharsets.UTF_8);
            byte[] body = Arrays.copyOf(head, head.length + behind.length);
            System.arraycopy(behind, 0, body, head.length, behind.length);
            return asked.send(
                    "POST",
                    "/v2/models/" + model + "/infer",
                    body,
                    "Inference-Header-Content-Length",
                    Integer.toString(head.length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"inputs\":",
                "{\"inputs\":[]}",
                "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"data\":[\"AA\"]}]}",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\"}]}",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"%%%\"]}]}",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"AA==\"]}]}",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[-1],\"datatype\":\"BYTES\",\"data\":[\"AA==\"]}]}",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[0],\"datatype\":\"BYTES\",\"data\":[]}]}",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"AA\",1]}]}",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"picture\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"AA\"]}]}",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[[true]]}]}",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"AA\"]}]} more",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[4294967296],\"datatype\":\"BYTES\",\"data\":[]}]}",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1,1,1,1,1,1,1,1,1],\"datatype\":\"BYTES\",\"data\":[]}]}"
            })
    void refuses_nonsense_with_an_error_in_three_parts(String body) {
        Asked.Answer answer = asked.post("/v2/models/pets/infer", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isNotEmpty();
        assertThat(answer.json().path("do").asText()).isNotEmpty();
    }

    @Test
    void refuses_tensors_of_another_shape_or_depth_before_they_reach_the_network() {
        String ragged =
                "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[[1],[1,2]]}]}";
        assertThat(asked.post("/v2/models/pets-tensor/infer", ragged)
                        .json()
                        .path("what")
                        .asText())
                .contains("not all of one length");
        String flat = "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]}]}";
        assertThat(asked.post("/v2/models/pets-tensor/infer", flat)
                        .json()
                        .path("what")
                        .asText())
                .contains("FP32 [-1, 3, 10, 12]");
        String huge = "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,1],\"datatype\":\"FP32\",\"data\":[1e99]}]}";
        assertThat(asked.post("/v2/models/pets-tensor/infer", huge).status()).isEqualTo(400);
    }

    @Test
    void says_which_output_is_unknown() {
        assertThat(asked.post("/v2/models/pets/infer", image(",\"outputs\":[{\"name\":\"logit\"}]"))
                        .json()
                        .path("error")
                        .asText())
                .contains("no output \"logit\"", "did you mean \"logits\"");
    }

    @Test
    void counts_what_it_did() {
        asked.post("/v2/models/pets/infer", image(""));
        JsonNode line =
                asked.get("/v2/models/pets/stats").json().path("model_stats").path(0);
        assertThat(line.path("inference_stats").path("success").path("count").asLong())
                .isPositive();
        assertThat(line.path("inference_count").asLong())
                .isGreaterThanOrEqualTo(line.path("execution_count").asLong());
        assertThat(line.path("batch_stats").path(0).path("batch_size").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2, metadata_server_response",
        "GET, /v2/models/pets, metadata_model_response",
        "GET, /v2/models/streets, metadata_model_response",
        "GET, /v2/models/pets-tensor/versions/2, metadata_model_response",
        "POST, /v2/models/pets/infer, inference_response",
        "POST, /v2/models/streets/infer, inference_response",
        "POST, /v2/models/noses/versions/1/infer, inference_response",
        "POST, /v2/models/pots/infer, inference_error_response"
    })
    void answers_as_kserve_describes(String method, String path, String schema) throws IOException {
        assumeTrue(Files.isRegularFile(DESCRIPTION), "KServe's description is not here");
        JsonNode described =
                new com.fasterxml.jackson.dataformat.yaml.YAMLMapper().readTree(Files.readString(DESCRIPTION));
        String place = "https://kserve.example/open_inference_rest";
        SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_4, builder -> builder.schemas(Map.of(place, described.toString())));
        Asked.Answer answer = method.equals("GET") ? asked.get(path) : asked.post(path, image(""));
        assertThat(schemas.getSchema(SchemaLocation.of(place + "#/components/schemas/" + schema))
                        .validate(answer.text(), InputFormat.JSON))
                .as(answer.text())
                .isEmpty();
    }
}
