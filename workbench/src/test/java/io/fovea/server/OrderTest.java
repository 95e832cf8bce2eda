package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PictureDecoder;
import io.fovea.collection.GeneratedDigits;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.weights.Safetensors;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What helps to put a run together, and networks of one's own, asked of the real server; every answer is held to openapi.json. */
@DisplayName("Before a run, the workbench")
class OrderTest {

    private static final String SMALL = """
        name: small
        input: [1, 28, 28]
        layers:
          - convolution: {outputs: 4, kernel: 5}
          - relu
          - max-pooling: {kernel: 4}
          - flatten
          - dense: {outputs: 10}
        """;

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Jobs jobs;
    private static Workbench workbench;
    private static Asked server;

    @BeforeAll
    static void has_drawn_digits_and_a_trained_network() {
        workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(24, 4, 1).write(folder.resolve("idx"));
        jobs = new Jobs(workspace);
        jobs.run(Job.Import.of("digits", folder.resolve("idx").toString()));
        jobs.run(Job.Train.of("digits", "perceptron")
                .set("course", Map.of("epochs", 3, "snapshots", Map.of("kind", "every", "epochs", 1)))
                .set("seed", 1));
        Path drawn = folder.resolve("drawn.safetensors");
        Safetensors.write(
                Initialization.of(Catalogue.entry("lenet").network(), new SplittableRandom(1)), Map.of(), drawn);
        jobs.run(JobYaml.read(
                        "{kind: importWeights, name: drawn, source: drawn.safetensors, network: lenet}",
                        "a test",
                        folder)
                .job());
        workbench = Workbench.start(workspace, 0, JobProgram.words(), List.of());
        server = new Asked(workbench.address());
    }

    @AfterAll
    static void ends() throws InterruptedException {
        workbench.close();
        for (JobStatus job : jobs.list()) if (jobs.stop(job.id())) jobs.waited(job.id(), Duration.ofMinutes(1));
    }

    private static JsonNode look(String job) {
        return server.post("/api/jobs/check", job).json();
    }

    @Nested
    @DisplayName("looks at a job")
    class Looks {

        @Test
        void and_says_what_it_will_take() {
            JsonNode estimate = look("{kind: train, data: digits, network: perceptron, settings: {epochs: 2}}")
                    .path("estimate");
            assertThat(estimate.path("sure").asText()).isEqualTo("measured");
            assertThat(estimate.path("bytesSure").asText()).isEqualTo("measured");
            assertThat(estimate.path("from").asText()).startsWith("the run ");
            assertThat(estimate.path("seconds").asDouble()).isPositive();
            assertThat(estimate.path("bytes").asLong())
                    .isGreaterThan(estimate.path("bytesOfLayers").asLong());
        }

        @Test
        void of_a_network_that_was_never_trained_here_and_says_that_the_time_is_reckoned() {
            JsonNode estimate =
                    look("{kind: train, data: digits, network: lenet}").path("estimate");
            assertThat(estimate.path("sure").asText()).isEqualTo("reckoned");
            assertThat(estimate.path("parameters").asLong()).isEqualTo(431_080);
        }

        @Test
        void on_features_of_weights_of_others() {
            JsonNode estimate =
                    look("{kind: train, data: digits, pretrained: drawn}").path("estimate");
            assertThat(estimate.path("seconds").asDouble()).isPositive();
            assertThat(estimate.path("sure").asText()).isEqualTo("reckoned");
            assertThat(estimate.has("steps")).isFalse();
            // weights twice and 1,000 features or more of 240 pictures, at least
            assertThat(estimate.path("bytesOfLayers").asLong()).isGreaterThan(2 * 431_080 * 4);

            double copied = look("{kind: train, data: digits, pretrained: drawn, copies: 9, settings: {pictures:"
                            + " {augmentation: {rotation: 10}}}}")
                    .path("estimate")
                    .path("seconds")
                    .asDouble();
            assertThat(copied).isGreaterThan(2 * estimate.path("seconds").asDouble());
        }

        @Test
        void that_makes_a_hybrid_by_the_minutes_that_it_gets_or_by_one_that_was_made_here() {
            JsonNode minutes = look("{kind: hybrid, data: digits, minutes: 2}").path("estimate");
            assertThat(minutes.path("seconds").asDouble()).isEqualTo(120);
            assertThat(minutes.path("bytes").asLong())
                    .isGreaterThan(minutes.path("bytesOfLayers").asLong());
            assertThat(look("{kind: hybrid, data: digits, generations: 2}")
                            .path("estimate")
                            .has("seconds"))
                    .as("nothing tells how long a generation takes here")
                    .isFalse();

            jobs.run(JobYaml.read("{kind: hybrid, data: digits, generations: 2, name: tiny}", "a test", folder)
                    .job());
            JsonNode two = look("{kind: hybrid, data: digits, generations: 2}").path("estimate");
            assertThat(two.path("from").asText()).startsWith("the hybrid ");
            assertThat(two.path("seconds").asDouble()).isPositive();
            assertThat(look("{kind: hybrid, data: digits, generations: 20}")
                            .path("estimate")
                            .path("seconds")
                            .asDouble())
                    .isGreaterThan(two.path("seconds").asDouble());
        }

        @Test
        void and_begins_nothing() {
            int before = server.get("/api/jobs").json().path("jobs").size();
            look("{kind: train, data: digits, network: lenet}");
            assertThat(server.get("/api/jobs").json().path("jobs")).hasSize(before);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "course: {epochs: 0} | course.epochs",
                    "epochs: -3 | epochs",
                    "course: {epochs: 1.5} | course.epochs",
                    "pictures: {batchSize: 0} | pictures.batchSize",
                    "pictures: {batchSize: 5000} | pictures.batchSize",
                    "step: {learningRate: fast} | step.learningRate",
                    "step: {learningRate: 0} | step.learningRate",
                    "'step: {learningRate: 0.1, optimizer: {kind: adamm}}' | step.optimizer",
                    "pictures: {augmentation: {rotation: 500}} | pictures.augmentation.rotation",
                    "pictures: {augmentation: {randomCrop: {smallestArea: 0}}} |"
                            + " pictures.augmentation.randomCrop.smallestArea",
                    "computation: {threads: 0} | computation.threads",
                    "loss: {kind: smoothL1, beta: -1} | loss"
                })
        void and_names_the_setting_that_is_out_of_range(String settings, String field) {
            JsonNode problem = look("{kind: train, data: digits, network: lenet, settings: {course: {epochs: 2}, "
                            + settings.replaceFirst("^course: .*", "") + "}}")
                    .path("problem");
            JsonNode alone = look("{kind: train, data: digits, network: lenet, settings: {" + settings + "}}")
                    .path("problem");
            assertThat(alone.path("field").asText()).as("%s", alone).isEqualTo(field);
            if (!settings.startsWith("course") && !settings.startsWith("epochs"))
                assertThat(problem.path("field").asText()).as("%s", problem).isEqualTo(field);
        }

        @Test
        void and_counts_the_runs_of_a_sweep() {
            JsonNode look = look("{kind: tune, training: {data: digits, network: perceptron},"
                    + " tried: {learning_rate: '0.1,0.01,0.001', batch_size: '16,32'}}");
            assertThat(look.path("runs").asInt()).isEqualTo(6);
            assertThat(look.has("problem")).isFalse();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "batch_size: '3, 3' | pictures.batchSize | batch size has 3 twice.",
                    "learning_rate: '0.1, 0.10' | step.learningRate | learning rate has 0.10 twice.",
                    "batch_size: '16.5, 32' | pictures.batchSize | batch_size must be whole numbers such as 16,32:"
                            + " 16.5.",
                    "batch_size: '0, 32' | pictures.batchSize | batchSize must be",
                    "label_smoothing: 'none, 0.1' | loss.crossEntropy.smoothing | label_smoothing must be numbers"
                })
        void and_names_the_field_whose_list_is_wrong(String tried, String field, String what) {
            JsonNode problem = look("{kind: tune, training: {data: digits, network: perceptron}, tried: {" + tried
                            + "}}")
                    .path("problem");
            assertThat(problem.path("field").asText()).as("%s", problem).isEqualTo(field);
            assertThat(problem.path("what").asText()).startsWith(what);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "'course: {epochs: \"10, 20\"}' | course.epochs",
                    "'seed: \"1, 2, 3\"' | seed",
                    "'step: {schedule: {kind: warmUp, rise: -1, then: {kind: constant}}}' | step.schedule"
                })
        void and_refuses_a_list_or_a_rise_that_a_field_does_not_take(String settings, String field) {
            JsonNode problem = look("{kind: train, data: digits, network: lenet, settings: {" + settings + "}}")
                    .path("problem");
            assertThat(problem.path("field").asText()).as("%s", problem).isEqualTo(field);
        }

        @Test
        void and_refuses_a_sweep_of_a_hundred_thousand_runs_at_once() {
            String rates = IntStream.rangeClosed(1, 400)
                    .mapToObj(i -> "0." + String.format(java.util.Locale.ROOT, "%03d", i))
                    .collect(Collectors.joining(","));
            String sizes =
                    IntStream.rangeClosed(1, 250).mapToObj(Integer::toString).collect(Collectors.joining(","));
            String sweep = "{kind: tune, training: {data: digits, network: perceptron}, tried: {learning_rate: '"
                    + rates + "', batch_size: '" + sizes + "'}}";
            JsonNode look = look(sweep);
            assertThat(look.path("runs").asInt()).isEqualTo(100_000);
            assertThat(look.path("problem").path("what").asText())
                    .contains("100,000")
                    .contains("1,000");
            assertThat(server.post("/api/jobs", sweep).status()).isEqualTo(422);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[]",
                    "kind: dance",
                    "{kind: train, data: nothing}",
                    "{kind: train, data: digits, network: /etc/passwd.yaml}",
                    "{kind: train, data: digits, from: digits-perceptron-1/epoch-099}",
                    "{kind: train, data: digits, from: nonsense}",
                    "{kind: train, data: digits, network: lenet, from: digits-perceptron-1/best}",
                    "{kind: exportCheckpoint, run: digits-perceptron-1, checkpoint: ../../x}",
                    "{kind: tune, training: {data: digits}, tried: {learning_rate: 'fast,slow'}}",
                    "{kind: tune, training: {data: digits}, tried: {luck: '1,2'}}",
                    "{kind: folds, folds: 1, training: {data: digits}}",
                    "{kind: hybrid, data: digits, generations: 3, minutes: 2}"
                })
        void and_says_what_cannot_end_well(String job) {
            assertThat(look(job).path("problem").path("do").asText()).isNotBlank();
        }
    }

    @Test
    @DisplayName("shows pictures as training would see them, and the same seed shows the same")
    void augments() {
        String chosen = URLEncoder.encode("{\"rotation\": 20, \"shift\": 0.1}", StandardCharsets.UTF_8);
        String path = "/api/settings/augmentation/digits/sheet.png?augmentation=" + chosen;
        byte[] first = server.get(path + "&seed=1").bytes();
        assertThat(server.get(path + "&seed=1").bytes()).isEqualTo(first);
        assertThat(server.get(path + "&seed=2").bytes()).isNotEqualTo(first);
        Pixels sheet = PictureDecoder.decode(first, "sheet", ColorMode.GREY);
        assertThat(List.of(sheet.height(), sheet.width())).isEqualTo(List.of(4 * 28, 10 * 28));
        Pixels plain = PictureDecoder.decode(
                server.get("/api/settings/augmentation/digits/sheet.png").bytes(), "sheet", ColorMode.GREY);
        int row = 28 * 280;
        assertThat(Arrays.copyOfRange(plain.values(), 0, row))
                .isEqualTo(Arrays.copyOfRange(plain.values(), row, 2 * row));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/settings/augmentation/digits/sheet.png?augmentation=nonsense",
                "/api/settings/augmentation/digits/sheet.png?augmentation=%7B%22rotation%22%3A999%7D",
                "/api/settings/augmentation/..%2f..%2fetc/sheet.png",
                "/api/jobs/nothing/trials",
                "/api/jobs/..%2f..%2fetc/checkpoints",
                "/api/networks/..%2f..%2fetc",
                "/api/networks/lenet/beside/..%2fx",
                "/api/networks?data=nothing",
                "/api/settings/fields?pretrained=true&transfer=everything"
            })
    @DisplayName("refuses a wrong address")
    void refuses(String path) {
        assertThat(server.get(path).status()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/settings/fields",
                "/api/settings/fields?data=digits&pretrained=true&transfer=all",
                "/api/weights",
                "/api/layers",
                "/api/networks?data=digits",
                "/api/jobs/digits-perceptron-1/trials",
                "/api/jobs/digits-perceptron-1"
            })
    @DisplayName("answers as described")
    void answers(String path) {
        assertThat(server.get(path).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("offers networks that fit the dataset, and says why others do not")
    void offers() {
        JsonNode networks = server.get("/api/networks?data=digits").json().path("networks");
        for (JsonNode each : networks) {
            if (each.path("name").asText().equals("lenet"))
                assertThat(each.has("misfit")).isFalse();
            if (each.path("gives").asText().equals("maps"))
                assertThat(each.has("misfit")).isTrue();
        }
    }

    @Nested
    @DisplayName("keeps networks of one's own")
    class Own {

        private Asked.Answer keep(String name, String text) {
            return server.put("/api/networks/" + name, text);
        }

        @Test
        void that_are_shown_offered_trained_compared_and_deleted() {
            assertThat(keep("small", SMALL).status()).isEqualTo(200);
            assertThat(server.get("/api/networks/small").json().path("yaml").asText())
                    .isEqualTo(SMALL);
            JsonNode first = server.get("/api/networks?data=digits")
                    .json()
                    .path("networks")
                    .get(0);
            assertThat(first.path("name").asText()).isEqualTo("small");
            assertThat(first.has("misfit")).isFalse();
            JsonNode trained = look("{kind: train, data: digits, network: " + first.path("file") + "}");
            assertThat(trained.has("problem")).as("%s", trained).isFalse();
            assertThat(look("{kind: train, data: digits, network: networks/small.yaml}")
                            .has("problem"))
                    .isFalse();
            assertThat(server.get("/api/networks/lenet/beside/small")
                            .json()
                            .path("rows")
                            .size())
                    .isPositive();
            assertThat(server.send("DELETE", "/api/networks/small", HttpRequest.BodyPublishers.noBody(), Map.of())
                            .status())
                    .isEqualTo(200);
            assertThat(server.get("/api/networks/small").status()).isEqualTo(404);
        }

        @Test
        void that_are_replaced_only_where_somebody_says_so() {
            String other = SMALL.replaceFirst("outputs: \\d+", "outputs: 7");
            assertThat(keep("small", SMALL).status()).isEqualTo(200);
            Asked.Answer refused = keep("small", other);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().path("what").asText()).contains("small", "already");
            assertThat(server.get("/api/networks/small").json().path("yaml").asText())
                    .isEqualTo(SMALL);
            assertThat(keep("small?replace=true", other).status()).isEqualTo(200);
            assertThat(server.get("/api/networks/small").json().path("yaml").asText())
                    .isEqualTo(other);
            server.send("DELETE", "/api/networks/small", HttpRequest.BodyPublishers.noBody(), Map.of());
        }

        @ParameterizedTest
        @ValueSource(strings = {"lenet", "..%2fsmall", "..", ".hidden", "a%2fb", "nam%C3%A9"})
        void but_not_by_a_name_that_is_none(String name) {
            assertThat(keep(name, SMALL).status()).isBetween(400, 499);
            assertThat(workspace.networks()).doesNotContain("lenet");
        }

        @Test
        void but_not_by_another_name_than_the_file_says() {
            assertThat(keep("other", SMALL).json().path("what").asText())
                    .contains("small")
                    .contains("other");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "'' | 1",
                    "hello | 1",
                    "'[1, 2]' | 1",
                    "'name: x' | 1",
                    "'name: x\\ninput: [1, 28, 28]\\nlayers: []' | 3",
                    "'name: x\\ninput: [1, 28]\\nlayers:\\n  - relu' | 1",
                    "'name: x\\ninput: [1, 28, 28]\\nlayers:\\n  - relo' | 4",
                    "'name: x\\ninput: [1, 28, 28]\\nlayers:\\n  - dense: {outputs: ten}' | 4",
                    "'name: x\\ninput: [1, 28, 28]\\nlayers:\\n  - flatten\\n  - dense: {outputs: 0}' | 5",
                    "'name: x\\n"
                            + "input: [1, 28, 28]\\n"
                            + "layers:\\n"
                            + "  - flatten\\n"
                            + "  - convolution: {outputs: 3, kernel: 3}' | 5",
                    "'name: x\\ninput: [1, 28, 28]\\nlayers:\\n  - flatten\\n  - dense: {outputs: 3' | 6",
                    "'name: &a x\\ninput: *a' | 1"
                })
        void and_marks_the_line_that_is_wrong(String text, int line) {
            JsonNode found = server.post("/api/networks/check", text.replace("\\n", "\n") + "\n")
                    .json();
            assertThat(found.path("problem").path("line").asInt())
                    .as("%s", found)
                    .isEqualTo(line);
        }

        @Test
        void and_hides_no_other_behind_a_damaged_one() throws java.io.IOException {
            java.nio.file.Files.createDirectories(workspace.network("x").getParent());
            java.nio.file.Files.writeString(workspace.network("damaged"), "nonsense");
            JsonNode networks = server.get("/api/networks?data=digits").json().path("networks");
            assertThat(networks.get(0).path("problem").path("what").asText()).isNotBlank();
            assertThat(networks.size()).isGreaterThan(20);
            java.nio.file.Files.delete(workspace.network("damaged"));
        }
    }

    @Test
    @DisplayName("makes a model of a checkpoint, and goes on from one")
    void checkpoints() {
        JsonNode left =
                server.get("/api/jobs/digits-perceptron-1/checkpoints").json().path("checkpoints");
        assertThat(left.findValuesAsText("checkpoint"))
                .containsExactly("best", "epoch-001", "epoch-002", "epoch-003", "last");
        jobs.run(new Job.ExportCheckpoint("digits-perceptron-1", "epoch-002", java.util.Optional.of("second")));
        JsonNode model = server.get("/api/models/second").json();
        assertThat(model.path("network").asText()).isEqualTo("perceptron");
        assertThat(model.path("measurements").get(0).path("on").asText()).isEqualTo("test");
        jobs.run(Job.Train.of("digits")
                .from("digits-perceptron-1", "best")
                .named("further")
                .set("course", Map.of("epochs", 1)));
        JsonNode further = server.get("/api/jobs/further-1").json();
        assertThat(further.path("order").path("from").asText()).isEqualTo("digits-perceptron-1/best");
        assertThat(further.path("result").path("start").isMissingNode()).isFalse();
    }

    @Test
    @DisplayName("shows the trials of a sweep")
    void trials() {
        jobs.run(new Job.Tune(
                Job.Train.of("digits", "perceptron").set("epochs", 1).set("seed", 1),
                Map.of("learning_rate", "0.1,0.001"),
                java.util.Optional.empty(),
                false));
        JsonNode trials =
                server.get("/api/jobs/digits-perceptron-tune-1/trials").json().path("trials");
        assertThat(trials).hasSize(2);
        assertThat(trials.get(0).path("choices").path("learning_rate").asText()).isIn("0.1", "0.001");
        assertThat(trials.get(0).path("state").asText()).isEqualTo("finished");
        assertThat(trials.get(0).path("measure").path("curve")).hasSize(1);
    }
}
