package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.predict.Regressor;
import io.fovea.predict.Tensor;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("TensorFlow Serving's REST")
class TensorFlowServingTest {

    private static final byte[] PICTURE = ExampleModels.picture(25, 31, 11);
    private static final String B64 = "{\"b64\":\"" + Base64.getEncoder().encodeToString(PICTURE) + "\"}";

    @TempDir
    static Path folder;

    private static ModelRepository models;
    private static PredictionServer server;
    private static Asked asked;
    private static Prediction expected;

    @BeforeAll
    static void models_of_several_tasks() {
        Path pets = ExampleModels.write(
                ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, folder.resolve("pets/2/pets.fovea"));
        ExampleModels.write(ExampleModels.VALUES, ExampleModels.NOSE, 2, folder.resolve("noses.fovea"));
        ExampleModels.write(ExampleModels.ONE_VALUE, ExampleModels.AGE, 3, folder.resolve("ages.fovea"));
        models = ModelRepository.open(List.of(folder), RepositorySettings.USUAL, Duration.ZERO);
        server = PredictionServer.start(models, ServerSettings.onThisMachine(0));
        asked = new Asked(server.address());
        try (Classifier classifier = Classifier.load(pets)) {
            expected = classifier.classify(PICTURE);
        }
    }

    @AfterAll
    static void ends() {
        server.close();
        models.close();
    }

    private static float[] floats(JsonNode data) {
        float[] values = new float[data.size()];
        for (int i = 0; i < values.length; i++) values[i] = data.path(i).floatValue();
        return values;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"instances\":[%s]}",
                "{\"instances\":[{\"image\":%s}]}",
                "{\"instances\":[{\"image_bytes\":%s}]}"
            })
    void predicts_rows_as_the_library_does(String body) {
        JsonNode answer =
                asked.post("/v1/models/pets:predict", body.replace("%s", B64)).json();
        assertThat(floats(answer.path("predictions").path(0))).isEqualTo(expected.probabilities());
    }

    @Test
    void predicts_columns_and_a_version() {
        JsonNode answer = asked.post(
                        "/v1/models/pets/versions/2:predict", "{\"inputs\":{\"image\":[" + B64 + "," + B64 + "]}}")
                .json();
        assertThat(answer.path("outputs")).hasSize(2);
        assertThat(floats(answer.path("outputs").path(1))).hasSize(3);
    }

    @Test
    void gives_another_output_by_its_name_as_signature() {
        JsonNode answer = asked.post(
                        "/v1/models/pets:predict", "{\"signature_name\":\"logits\",\"instances\":[" + B64 + "]}")
                .json();
        assertThat(floats(answer.path("predictions").path(0))).isEqualTo(expected.logits());
    }

    @Test
    void predicts_from_nested_numbers() {
        try (Classifier classifier = Classifier.load(folder.resolve("pets/2/pets.fovea"))) {
            Tensor input = classifier.model().prepare(PICTURE, "picture");
            String rows = Arrays.toString(input.floats());
            StringBuilder nested = new StringBuilder("[");
            float[] values = input.floats();
            for (int c = 0, i = 0; c < 3; c++) {
                nested.append(c == 0 ? "[" : ",[");
                for (int y = 0; y < 10; y++, i += 12)
                    nested.append(y == 0 ? "" : ",").append(Arrays.toString(Arrays.copyOfRange(values, i, i + 12)));
                nested.append("]");
            }
            nested.append("]");
            JsonNode answer = asked.post("/v1/models/pets-tensor:predict", "{\"instances\":[" + nested + "]}")
                    .json();
            assertThat(floats(answer.path("predictions").path(0))).isEqualTo(expected.probabilities());
            assertThat(asked.post("/v1/models/pets-tensor:predict", "{\"instances\":[" + rows + "]}")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void classifies() {
        JsonNode results = asked.post("/v1/models/pets:classify", "{\"examples\":[{\"image\":" + B64 + "}]}")
                .json()
                .path("results")
                .path(0);
        assertThat(results.path(1).path(0).asText()).isEqualTo("dog");
        assertThat(results.path(1).path(1).floatValue()).isEqualTo(expected.probability(1));
    }

    @Test
    void regresses_one_value_or_a_list() {
        String body = "{\"examples\":[{\"image\":" + B64 + "}]}";
        try (Regressor regressor = Regressor.load(folder.resolve("ages.fovea"))) {
            assertThat(asked.post("/v1/models/ages:regress", body)
                            .json()
                            .path("results")
                            .path(0)
                            .asDouble())
                    .isEqualTo(regressor.predict(PICTURE).value("age"));
        }
        assertThat(asked.post("/v1/models/noses:regress", body)
                        .json()
                        .path("results")
                        .path(0))
                .hasSize(3);
        assertThat(asked.post("/v1/models/pets:regress", body).status()).isEqualTo(400);
        assertThat(asked.post("/v1/models/noses:classify", body).status()).isEqualTo(400);
    }

    @Test
    void tells_how_versions_stand_and_what_a_model_takes() {
        JsonNode status =
                asked.get("/v1/models/pets").json().path("model_version_status").path(0);
        assertThat(status.path("version").asText()).isEqualTo("2");
        assertThat(status.path("state").asText()).isEqualTo("AVAILABLE");
        assertThat(status.path("status").path("error_code").asText()).isEqualTo("OK");
        JsonNode signature = asked.get("/v1/models/pets/metadata")
                .json()
                .at("/metadata/signature_def/signature_def/serving_default");
        assertThat(signature.at("/inputs/image/dtype").asText()).isEqualTo("DT_STRING");
        assertThat(signature
                        .at("/outputs/probabilities/tensor_shape/dim/1/size")
                        .asText())
                .isEqualTo("3");
        assertThat(asked.get("/v1/models").json().path("models")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"instances\":[]}",
                "{\"instances\":{}}",
                "{\"instances\":[{\"b64\":5}]}",
                "{\"instances\":[{\"b64\":\"*\"}]}",
                "{\"instances\":[{\"picture\":{\"b64\":\"AA\"}}]}",
                "{\"instances\":[{\"image\":{\"b64\":\"AA\"},\"more\":1}]}",
                "{\"instances\":[NaN]}",
                "{\"instances\":[1,[2]]}",
                "{\"instances\":[\"AA\",1]}",
                "{\"instances\":[[[[[[[[[[[1]]]]]]]]]]]}",
                "{\"instances\":[{\"b64\":\"AA\"}],\"inputs\":[{\"b64\":\"AA\"}]}",
                "{\"instances\":[{\"b64\":\"AA\"}]",
                "{\"instances\":[{\"b64\":\"iVBORw0KGgo=\"}]}"
            })
    void refuses_nonsense_in_its_own_form(String body) {
        Asked.Answer answer = asked.post("/v1/models/pets:predict", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isNotEmpty();
    }

    @Test
    void does_not_know_other_models_and_verbs() {
        assertThat(asked.get("/v1/models/none").status()).isEqualTo(404);
        assertThat(asked.post("/v1/models/pets:explain", "{}").status()).isEqualTo(404);
    }
}
