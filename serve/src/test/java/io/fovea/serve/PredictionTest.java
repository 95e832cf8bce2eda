package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.job.Job;
import io.fovea.predict.Classifier;
import io.fovea.predict.Decoder;
import io.fovea.predict.Mask;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.RankedClass;
import io.fovea.predict.Regressor;
import io.fovea.predict.Segmenter;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The prediction server, sent pictures")
class PredictionTest {

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static ModelRepository models;
    private static PredictionServer server;
    private static Asked asked;
    private static Path digit;

    @BeforeAll
    static void a_network_learned_drawn_digits_and_others_lie_beside_it() throws IOException {
        workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits digits = GeneratedDigits.generate(24, 4, 1);
        digits.write(folder.resolve("idx"));
        Jobs jobs = new Jobs(workspace);
        jobs.run(Job.Import.of("digits", folder.resolve("idx").toString()));
        jobs.run(Job.Train.of("digits", "perceptron")
                .named("digits")
                .set("epochs", 2)
                .set("seed", 1));
        digit = folder.resolve("digit.png");
        PngWriter.write(digits.test().picture(3), digit);
        Path others = folder.resolve("others");
        ExampleModels.write(ExampleModels.NEIGHBOURS, ExampleModels.CLASSES, 1, others.resolve("pets.fovea"));
        ExampleModels.write(ExampleModels.VALUES, ExampleModels.NOSE, 2, others.resolve("noses.fovea"));
        ExampleModels.write(ExampleModels.MAPS, ExampleModels.PIXELS, 3, others.resolve("streets.fovea"));
        ExampleModels.write(ExampleModels.MAPS, ExampleModels.PICTURES, 4, others.resolve("clean.fovea"));
        models = ModelRepository.open(
                List.of(workspace.newestModel("digits").orElseThrow(), others),
                RepositorySettings.USUAL,
                Duration.ZERO);
        server = PredictionServer.start(models, ServerSettings.onThisMachine(0));
        asked = new Asked(server.address());
    }

    @AfterAll
    static void ends() {
        server.close();
        models.close();
    }

    private static Path file(String model) {
        return folder.resolve("others/" + model + ".fovea");
    }

    @Test
    void answers_curl_with_the_probabilities_that_the_library_gives_to_the_bit() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not here");
        JsonNode answer = new ObjectMapper()
                .readTree(Asked.run(
                        "curl", "-s", "-T", digit.toString(), server.address() + "/predictions/digits?top=10"));
        Prediction expected;
        try (Classifier classifier =
                Classifier.load(workspace.newestModel("digits").orElseThrow())) {
            expected = classifier.classify(digit);
        }
        assertThat(answer.path("model").asText()).isEqualTo("digits");
        assertThat(answer.path("version").asInt()).isEqualTo(1);
        assertThat(answer.path("top")).hasSize(10);
        for (int rank = 0; rank < 10; rank++) {
            RankedClass wanted = expected.ranked().get(rank);
            JsonNode found = answer.path("top").path(rank);
            assertThat(found.path("name").asText()).isEqualTo(wanted.name());
            assertThat(found.path("probability").floatValue()).isEqualTo(wanted.probability());
        }
    }

    @Test
    void takes_the_name_that_curl_puts_behind_the_address() {
        assertThat(asked.put("/predictions/digits/digit.png", bytes(digit)).status())
                .isEqualTo(200);
        assertThat(asked.put("/predictions/digits/digit.png", new byte[] {1, 2, 3})
                        .json()
                        .path("where")
                        .asText())
                .isEqualTo("digit.png");
    }

    @Test
    void reads_values_in_pixels_of_the_picture() {
        byte[] picture = ExampleModels.picture(50, 60, 7);
        JsonNode values = asked.put("/predictions/noses", picture).json().path("values");
        try (Regressor regressor = Regressor.load(file("noses"))) {
            assertThat(values.path("nose_x").asDouble())
                    .isEqualTo(regressor.predict(picture).value("nose_x"));
            assertThat(values.path("age").asDouble())
                    .isEqualTo(regressor.predict(picture).value("age"));
        }
    }

    @Test
    void tells_the_class_of_every_pixel_as_shares_labels_and_pictures() {
        byte[] picture = ExampleModels.picture(20, 30, 8);
        try (Segmenter segmenter = Segmenter.load(file("streets"))) {
            Mask mask = segmenter.segment(picture, "picture");
            JsonNode shares = asked.put("/predictions/streets", picture).json();
            assertThat(shares.path("classes").path(1).path("pixels").asLong())
                    .isEqualTo(mask.classes().get(1).pixels());
            assertThat(shares.has("labels")).isFalse();
            JsonNode labels = asked.put("/predictions/streets?form=labels", picture)
                    .json()
                    .path("labels");
            assertThat(labels).hasSize(20);
            assertThat(labels.path(19).path(29).asInt()).isEqualTo(mask.label(19, 29));
            Asked.Answer png = asked.put("/predictions/streets", picture, "Accept", "image/png");
            assertThat(png.type()).isEqualTo("image/png");
            assertThat(png.bytes()).isEqualTo(mask.png().orElseThrow());
            Pixels over = PictureDecoder.decode(
                    asked.put("/predictions/streets?form=overlay", picture).bytes(), "overlay", ColorMode.COLOR);
            assertThat(over.values())
                    .isEqualTo(mask.overlay(PictureDecoder.decode(picture, "picture", ColorMode.COLOR))
                            .orElseThrow()
                            .values());
        }
    }

    @Test
    void gives_back_a_picture_that_a_model_makes() {
        byte[] picture = ExampleModels.picture(10, 12, 9);
        try (Decoder decoder = Decoder.load(file("clean"), PredictionOptions.DEFAULT)) {
            assertThat(asked.put("/predictions/clean?form=picture", picture).bytes())
                    .isEqualTo(decoder.answer(picture, "picture").png().orElseThrow());
        }
    }

    @Test
    void shows_the_neighbours_that_decided() {
        JsonNode answer = asked.put("/predictions/pets?neighbours=true", ExampleModels.picture(10, 12, 1))
                .json();
        assertThat(answer.path("neighbours")).hasSize(1);
        assertThat(answer.path("neighbours").path(0).path("className")).isEqualTo(answer.path("className"));
    }

    @Nested
    @DisplayName("in a form")
    class Form {

        private Asked.Answer sent(String model, Object... files) {
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < files.length; i += 2) {
                body.append("--edge\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"")
                        .append(files[i])
                        .append("\"\r\nContent-Type: image/png\r\n\r\n")
                        .append(new String((byte[]) files[i + 1], StandardCharsets.ISO_8859_1))
                        .append("\r\n");
            }
            body.append("--edge--\r\n");
            return asked.send(
                    "POST",
                    "/predictions/" + model,
                    body.toString().getBytes(StandardCharsets.ISO_8859_1),
                    "Content-Type",
                    "multipart/form-data; boundary=edge");
        }

        @Test
        void are_answered_for_one_by_one_and_a_broken_one_spoils_no_other() {
            JsonNode lines = sent("digits", "a.png", bytes(digit), "b.png", new byte[] {5}, "c.png", bytes(digit))
                    .json()
                    .path("predictions");
            assertThat(lines).hasSize(3);
            assertThat(lines.path(0).path("picture").asText()).isEqualTo("a.png");
            assertThat(lines.path(1).path("problem").path("where").asText()).isEqualTo("b.png");
            assertThat(lines.path(2).path("logits")).hasSize(10);
        }

        @Test
        void that_holds_no_file_is_refused() {
            assertThat(sent("digits").status()).isEqualTo(400);
        }
    }

    @Test
    void describes_a_model() {
        JsonNode model = asked.get("/predictions/streets").json();
        assertThat(model.path("task").asText()).isEqualTo("segmentation");
        assertThat(model.path("names").path(1).asText()).isEqualTo("road");
        assertThat(model.path("goldenPictures").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/predictions/digits?top=0, 400, top is a whole number",
        "/predictions/digits?tpo=3, 400, There is no setting",
        "/predictions/digits?form=picture, 400, does not answer in the form",
        "/predictions/digits?form=blue, 400, There is no form",
        "/predictions/digits?neighbours=true, 400, does not decide by neighbours",
        "/predictions/digit, 404, There is no model",
        "/predictions/digits/versions/7, 404, does not exist",
        "/predictions/digits/versions/x, 400, Expected a version",
        "/nothing, 404, Nothing answers"
    })
    void says_in_three_parts_what_is_wrong(String path, int status, String words) {
        Asked.Answer answer = asked.put(path, bytes(digit));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().path("what").asText()).contains(words);
        assertThat(answer.json().path("where").asText()).isNotEmpty();
        assertThat(answer.json().path("do").asText()).isNotEmpty();
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
