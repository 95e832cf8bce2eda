package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.bundle.AnswerDistribution;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.Manifest;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Answers beside those that the model file knows of")
class DriftOfAnswersTest {

    private static final byte[] PICTURE = ExampleModels.picture(10, 12, 5);

    @TempDir
    Path folder;

    private ModelRepository models;
    private PredictionServer server;
    private Asked asked;

    private Asked serve() {
        models = ModelRepository.open(List.of(folder), RepositorySettings.USUAL, Duration.ZERO);
        server = PredictionServer.start(models, ServerSettings.onThisMachine(0));
        asked = new Asked(server.address());
        return asked;
    }

    @AfterEach
    void ends() {
        server.close();
        models.close();
    }

    private Path model() {
        return ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, folder.resolve("pets.fovea"));
    }

    private static void count(Path file, AnswerDistribution answers) {
        Bundle bundle = Bundle.open(file);
        Manifest like = bundle.manifest();
        Manifest manifest = new Manifest(
                like.formatVersion(),
                like.name(),
                like.task(),
                like.preprocessing(),
                like.outputs(),
                like.sizes(),
                like.measurements(),
                like.provenance(),
                like.tolerance(),
                like.golden(),
                like.familiarity(),
                answers,
                List.of());
        String golden = like.golden().getFirst().file();
        BundleWriter.write(
                Bundle.of(
                        manifest,
                        bundle.onnx(),
                        Map.of(golden, bundle.golden(like.golden().getFirst())),
                        Map.of()),
                file);
    }

    private JsonNode drift() {
        return asked.get("/drift").json().path("models").path(0);
    }

    private void ask(int times) {
        for (int i = 0; i < times; i++)
            assertThat(asked.put("/predictions/pets", PICTURE).status()).isEqualTo(200);
    }

    /** All the same answer, as this one picture gets it. */
    private AnswerDistribution likeThePicture(int pictures) {
        JsonNode answer = asked.put("/predictions/pets", PICTURE).json();
        AnswerDistribution.Counter counter = new AnswerDistribution.Counter(3);
        for (int i = 0; i < pictures; i++)
            counter.add(answer.path("label").asInt(), answer.path("probability").asDouble());
        return counter.on("test");
    }

    @Test
    void has_not_moved_where_all_is_as_it_was() {
        Path file = model();
        serve();
        AnswerDistribution same = likeThePicture(500);
        server.close();
        models.close();
        count(file, same);
        serve();
        ask(99);
        assertThat(drift().path("pictures").asInt()).isEqualTo(99);
        assertThat(drift().path("doubt").asText()).contains("99 of at least 100");
        assertThat(asked.get("/metrics").text()).doesNotContain("fovea_drift_index{");
        ask(1);
        assertThat(drift().path("classIndex").path("value").asDouble()).isCloseTo(0, within(0.05));
        assertThat(drift().path("confidenceIndex").path("value").asDouble()).isCloseTo(0, within(0.2));
        assertThat(drift().path("doubt").isMissingNode()).isTrue();
        assertThat(asked.get("/metrics").text())
                .contains("fovea_drift_pictures{model=\"pets\",version=\"1\"} 100.0")
                .contains("fovea_drift_index{model=\"pets\",version=\"1\",of=\"class\"} ")
                .contains("fovea_drift_index_by_chance{model=\"pets\",version=\"1\",of=\"confidence\"} ");
    }

    @Test
    void has_moved_where_all_pictures_are_of_a_class_that_was_rare() {
        Path file = model();
        serve();
        AnswerDistribution same = likeThePicture(3);
        server.close();
        models.close();
        AnswerDistribution.Counter counter = new AnswerDistribution.Counter(3);
        int rare = same.classes().indexOf(3L);
        for (int i = 0; i < 300; i++) counter.add((rare + 1 + i % 2) % 3, 0.97);
        count(file, counter.on("validation"));
        serve();
        ask(100);
        assertThat(drift().path("classIndex").path("value").asDouble()).isGreaterThan(1);
        assertThat(drift().path("reference").path("on").asText()).isEqualTo("validation");
    }

    @Test
    void counts_tensors_that_ask_for_probabilities() {
        model();
        serve();
        String tensor = "{\"inputs\":[{\"name\":\"input\",\"shape\":[2,3,10,12],\"datatype\":\"FP32\",\"data\":"
                + java.util.Arrays.toString(new int[720]) + "}]}";
        assertThat(asked.post("/v2/models/pets-tensor/infer", tensor).status()).isEqualTo(200);
        assertThat(drift().path("pictures").asInt()).isEqualTo(2);
    }

    @Test
    void says_so_where_the_file_knows_nothing() {
        model();
        serve();
        ask(1);
        assertThat(drift().path("reference").path("pictures").asInt()).isZero();
        assertThat(drift().path("doubt").asText()).contains("export it again");
    }
}
