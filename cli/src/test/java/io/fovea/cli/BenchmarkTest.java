package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.export.ReferencePictures;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.serve.PredictionServer;
import io.fovea.serve.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("fovea benchmark")
class BenchmarkTest {

    private static final String TOKEN = "a-token-that-nobody-guesses";

    @TempDir
    static Path folder;

    private static Path model;
    private static Path digit;

    @BeforeAll
    static void a_model_and_a_digit() {
        GeneratedDigits digits = GeneratedDigits.generate(12, 3, 4);
        model = folder.resolve("digits.fovea");
        DigitsByNeighbours.write(digits, 10, ReferencePictures.NONE, model);
        digit = folder.resolve("digit.png");
        PngWriter.write(digits.test().picture(5), digit);
    }

    private static Outcome run(String line) {
        return new InProcess(folder.resolve("workspace")).run("benchmark " + line);
    }

    @Nested
    @DisplayName("of a model file")
    class Here {

        @Test
        void times_each_number_of_threads_with_each_batch_and_a_picture_stage_by_stage() {
            JsonNode json = run(model + " --threads 1,2 --batch 1,3 --seconds 0.1 --json")
                    .json();
            assertThat(json.path("runs"))
                    .extracting(run -> run.path("threads").asInt() + "x"
                            + run.path("batch").asInt())
                    .containsExactly("1x1", "1x3", "2x1", "2x3");
            assertThat(json.path("runs")).allSatisfy(run -> {
                assertThat(run.path("picturesPerSecond").asDouble()).isPositive();
                assertThat(run.at("/latency/p50Millis").asDouble()).isPositive();
                assertThat(run.at("/warmUp/runs").asInt()).isPositive();
            });
            assertThat(json.path("stages"))
                    .extracting(stage -> stage.path("stage").asText())
                    .containsExactly("decode", "prepare", "network");
            assertThat(json.at("/machine/cores").asInt())
                    .isEqualTo(Runtime.getRuntime().availableProcessors());
            assertThat(json.at("/machine").has("load")).isTrue();
            assertThat(json.path("pictures").asInt()).isEqualTo(1);
        }

        @Test
        void says_it_in_tables() {
            Outcome outcome = run(model + " --threads 1 --batch 1 --seconds 0.1 --pictures " + digit);
            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.results().lines())
                    .anySatisfy(line -> assertThat(line).startsWith("threads  batch"))
                    .anySatisfy(line -> assertThat(line).startsWith("decode"))
                    .anySatisfy(line -> assertThat(line).contains("load"));
        }

        @Test
        void refuses_what_cannot_be_timed() throws IOException {
            Path damaged = folder.resolve("damaged.fovea");
            Files.writeString(damaged, "no model");
            assertThat(run(model + " --threads 0").exitCode()).isEqualTo(2);
            assertThat(run(model + " --threads 0").progress()).startsWith("threads must be at least 1: 0");
            assertThat(run(model + " --batch 1,0").exitCode()).isEqualTo(2);
            assertThat(run(model + " --seconds 0").exitCode()).isEqualTo(2);
            assertThat(run("nothing").exitCode()).isEqualTo(1);
            assertThat(run(damaged.toString()).exitCode()).isEqualTo(1);
            assertThat(run(model + " --pictures missing.png").progress())
                    .startsWith("There is no picture \"missing.png\"");
            assertThat(run(model + " --pictures " + damaged).progress()).contains("damaged.fovea");
        }
    }

    @Nested
    @DisplayName("of a server")
    class There {

        private final ModelRepository models =
                ModelRepository.open(List.of(model), RepositorySettings.USUAL, Duration.ZERO);

        private JsonNode timed(String words) {
            try (PredictionServer server = PredictionServer.start(models, ServerSettings.onThisMachine(0))) {
                Outcome outcome = run(words + " --url " + server.address() + " --seconds 0.2 --json");
                assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
                return outcome.json();
            } finally {
                models.close();
            }
        }

        @Test
        void sends_it_pictures_by_each_number_of_clients() {
            JsonNode json = timed("digits --clients 1,2 --pictures " + digit);
            assertThat(json.path("asked").asText()).isEqualTo("picture files to /predictions/digits");
            assertThat(json.path("server").asText()).startsWith("fovea ");
            assertThat(json.path("loads"))
                    .extracting(load -> load.path("clients").asInt())
                    .containsExactly(1, 2);
            assertThat(json.path("loads")).allSatisfy(load -> {
                assertThat(load.path("errors")).isEmpty();
                assertThat(load.at("/latency/count").asInt()).isPositive();
            });
        }

        @Test
        void speaks_kserve_with_binary_tensors_in_batches() {
            JsonNode json = timed("digits-tensor --batch 2");
            assertThat(json.path("asked").asText())
                    .isEqualTo("KServe v2 to /v2/models/digits-tensor, random numbers, binary");
            assertThat(json.at("/loads/0/batch").asInt()).isEqualTo(2);
            assertThat(json.at("/loads/0/errors")).isEmpty();
        }

        @Test
        void speaks_kserve_with_picture_files() {
            JsonNode json = timed("digits --protocol kserve --batch 3 --pictures " + digit);
            assertThat(json.path("asked").asText()).isEqualTo("KServe v2 to /v2/models/digits, picture files, binary");
            assertThat(json.at("/loads/0/errors")).isEmpty();
        }

        @Test
        void speaks_tensorflow_serving_with_files_and_numbers_at_a_rate() {
            JsonNode json = timed("digits --protocol tensorflow --rate 50 --pictures " + digit);
            assertThat(json.path("asked").asText()).contains(":predict, picture files");
            assertThat(json.path("loop").asText()).isEqualTo("open");
            assertThat(json.at("/loads/0/errors")).isEmpty();
            assertThat(json.at("/loads/0/latency/count").asInt()).isEqualTo(10);
        }

        @Test
        void shows_its_token_and_says_that_one_is_missing() throws IOException {
            Path file = folder.resolve("token");
            Files.writeString(file, TOKEN + "\n");
            ServerSettings closed = ServerSettings.of(
                    "127.0.0.1", 0, Optional.of(file), List.of(), List.of(), Duration.ofSeconds(5), Optional.empty());
            try (PredictionServer server = PredictionServer.start(models, closed)) {
                String words = "digits --seconds 0.2 --pictures " + digit + " --url " + server.address();
                assertThat(run(words).progress())
                        .startsWith("The server does not let us ask: 401")
                        .contains("--token");
                assertThat(run(words + " --token " + file).exitCode()).isZero();
                assertThat(run(words + " --token " + folder.resolve("none")).progress())
                        .startsWith("The file of the token cannot be read");
            } finally {
                models.close();
            }
        }

        @Test
        void says_what_is_wrong_before_it_loads_the_server() {
            try (PredictionServer server = PredictionServer.start(models, ServerSettings.onThisMachine(0))) {
                String url = " --url " + server.address();
                assertThat(run("digit" + url).progress()).startsWith("The server does not know the model \"digit\"");
                assertThat(run("digits" + url).progress())
                        .startsWith("The model takes pictures, and none are given")
                        .contains("--pictures");
                assertThat(run("digits --batch 2 --pictures " + digit + url).progress())
                        .startsWith("The address of pictures takes one at a time, not 2");
                assertThat(run("digits --pictures " + model + url).progress())
                        .startsWith("The server answers with an error: 4");
                assertThat(run("digits --clients 0" + url).exitCode()).isEqualTo(2);
                assertThat(run("digits --rate -1" + url).exitCode()).isEqualTo(2);
            } finally {
                models.close();
            }
            assertThat(run("digits --url nowhere").exitCode()).isEqualTo(2);
            assertThat(run("digits --trust " + digit + " --url https://127.0.0.1:1")
                            .progress())
                    .startsWith("The certificate cannot be used");
        }
    }
}
