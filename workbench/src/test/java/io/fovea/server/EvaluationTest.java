package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.collection.GeneratedDigits;
import io.fovea.job.Job;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server, asked what models were found to be. */
@DisplayName("The workbench on judged models")
class EvaluationTest {

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Workbench workbench;
    private static Asked server;
    private static Jobs jobs;

    @BeforeAll
    static void two_networks_are_judged_on_drawn_digits() {
        workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(24, 4, 1).write(folder.resolve("idx"));
        jobs = new Jobs(workspace);
        jobs.run(Job.Import.of("digits", folder.resolve("idx").toString()));
        for (String name : List.of("one", "two"))
            jobs.run(Job.Train.of("digits", "perceptron")
                    .named(name)
                    .set("epochs", name.equals("one") ? 1 : 3)
                    .set("seed", 1));
        jobs.run(Job.Evaluate.of("one", "digits"));
        workbench = Workbench.start(workspace, 0, JobProgram.words(), List.of());
        server = new Asked(workbench.address());
    }

    @AfterAll
    static void ends() {
        workbench.close();
    }

    private static JsonNode evaluation(String id) {
        Asked.Answer answer = server.get("/api/jobs/" + id + "/evaluation");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void gives_all_figures_of_an_evaluation() {
        JsonNode found = evaluation("evaluate-one-digits-1");
        assertThat(found.path("model").asText()).isEqualTo("one");
        assertThat(found.path("task").asText()).isEqualTo("classification");
        assertThat(found.path("split").asText()).isEqualTo("test");
        assertThat(found.path("pictures").asInt()).isEqualTo(40);
        assertThat(found.path("measures").path(0).path("name").asText()).isEqualTo("accuracy");
        assertThat(found.path("measures").path(0).has("low")).isTrue();
        assertThat(found.path("confusion")).hasSize(10);
        assertThat(found.path("perClass")).hasSize(10);
        assertThat(found.path("calibration").path("bins")).hasSize(15);
        assertThat(found.path("calibration").path("words").asText()).contains("on average");
        assertThat(found.path("missing")).isEmpty();
    }

    @Test
    void gives_those_of_a_training_too() {
        assertThat(evaluation("two-1").path("model").asText()).isEqualTo("two");
        assertThat(evaluation("two-1").path("missing")).isEmpty();
    }

    @Test
    void gives_as_many_pictures_of_a_cell_as_the_cell_says() {
        JsonNode confusion = evaluation("evaluate-one-digits-1").path("confusion");
        for (int label = 0; label < 10; label++)
            for (int predicted = 0; predicted < 10; predicted++) {
                JsonNode cell = server.get("/api/jobs/evaluate-one-digits-1/evaluation/pictures?label=" + label
                                + "&predicted=" + predicted)
                        .json();
                assertThat(cell.path("count").asInt())
                        .isEqualTo(confusion.path(label).path(predicted).asInt());
                for (JsonNode picture : cell.path("pictures")) {
                    JsonNode known = server.get("/api/datasets/digits/test/"
                                    + picture.path("position").asInt())
                            .json();
                    assertThat(known.path("className").asText()).isEqualTo(Integer.toString(label));
                    assertThat(known.path("source")).isEqualTo(picture.path("source"));
                }
            }
    }

    @Test
    void gives_the_hardest_first_and_the_surest_of_a_class() {
        JsonNode hardest = server.get("/api/jobs/evaluate-one-digits-1/evaluation/pictures?count=40")
                .json()
                .path("pictures");
        List<Double> losses = new ArrayList<>();
        hardest.forEach(each -> losses.add(-each.path("loss").asDouble()));
        assertThat(losses).hasSize(40).isSorted();
        JsonNode surest = server.get("/api/jobs/evaluate-one-digits-1/evaluation/pictures?predicted=3&count=9")
                .json()
                .path("pictures");
        for (JsonNode each : surest) assertThat(each.path("predicted").asInt()).isEqualTo(3);
    }

    @Test
    void compares_two_models_on_the_same_pictures() {
        JsonNode compared =
                server.get("/api/evaluations/compare?job=one-1&job=two-1").json();
        assertThat(compared.path("pictures").asInt()).isEqualTo(40);
        JsonNode first = compared.path("evaluations").path(0);
        JsonNode second = compared.path("evaluations").path(1);
        double gain = second.path("accuracy").path("value").asDouble()
                - first.path("accuracy").path("value").asDouble();
        assertThat(second.path("againstFirst").path("gain").asDouble())
                .isCloseTo(gain, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(first.path("againstFirst").path("pValue").asDouble()).isEqualTo(1);
    }

    @Nested
    @DisplayName("tells in three parts")
    class Problems {

        private void told(Asked.Answer answer, int status, String words) {
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.json().path("what").asText()).contains(words);
            assertThat(answer.json().path("do").asText()).isNotBlank();
        }

        @Test
        void that_a_job_judged_nothing() {
            told(server.get("/api/jobs/import-digits-1/evaluation"), 422, "judged no model");
        }

        @Test
        void that_a_comparison_needs_two_of_the_same_pictures() throws IOException {
            told(server.get("/api/evaluations/compare?job=one-1"), 422, "nothing to compare");
            told(server.get("/api/evaluations/compare?job=one-1&job=nothing"), 422, "no run named");
            jobs.run(
                    new Job.Evaluate("one", "digits", java.util.Optional.of("validation"), java.util.Optional.empty()));
            told(
                    server.get("/api/evaluations/compare?job=one-1&job=evaluate-one-digits-2"),
                    422,
                    "not of the same pictures");
        }

        @Test
        void that_model_and_dataset_do_not_fit_before_anything_is_done() throws IOException {
            Path others = folder.resolve("others");
            for (String name : List.of("cat", "dog"))
                for (int i = 0; i < 6; i++) {
                    Path file = others.resolve(name).resolve(i + ".png");
                    Files.createDirectories(file.getParent());
                    byte[] noise = new byte[28 * 28];
                    new java.util.Random(i).nextBytes(noise);
                    io.fovea.codec.PngWriter.write(new io.fovea.image.Pixels(28, 28, 1, noise), file);
                }
            jobs.run(Job.Import.of("pets", others.toString()));
            told(server.post("/api/jobs", "{kind: evaluate, model: one, data: pets}"), 422, "");
            told(server.post("/api/jobs", "{kind: evaluate, model: three, data: digits}"), 422, "no model named");
            told(server.post("/api/jobs", "{kind: evaluate, model: one, data: digets}"), 422, "no dataset named");
        }

        @Test
        void that_pictures_are_asked_for_wrongly() {
            String address = "/api/jobs/one-1/evaluation/pictures";
            told(server.get(address + "?count=0"), 422, "no answer with 0 pictures");
            told(server.get(address + "?count=501"), 422, "no answer with 501 pictures");
            told(server.get(address + "?from=-1"), 422, "from -1");
            told(server.get(address + "?label=x"), 422, "whole number");
            told(server.get("/api/jobs/..%2f..%2fetc/evaluation"), 404, "");
        }
    }

    @Nested
    @DisplayName("says what is missing")
    class Missing {

        private JsonNode missing(String id) {
            return evaluation(id).path("missing");
        }

        @Test
        void where_tables_lie_elsewhere_or_are_cut_off_and_still_shows_the_rest() throws IOException {
            jobs.run(new Job.Evaluate(
                    "two", "digits", java.util.Optional.empty(), java.util.Optional.of(folder.resolve("elsewhere"))));
            String id = "evaluate-two-digits-1";
            assertThat(missing(id)).hasSize(2);
            assertThat(missing(id).path(0).path("what").asText()).contains("not in the job's folder");
            assertThat(missing(id).path(1).path("what").asText()).contains("kept nothing");
            assertThat(evaluation(id).path("measures")).isNotEmpty();
            assertThat(server.get("/api/jobs/" + id + "/evaluation/pictures").status())
                    .isEqualTo(422);
            for (String file : List.of("evaluation.json", "predictions.csv"))
                Files.copy(
                        folder.resolve("elsewhere").resolve(file),
                        workspace.run(id).resolve(file));
            assertThat(missing(id)).isEmpty();
            Path table = workspace.run(id).resolve("predictions.csv");
            String text = Files.readString(table);
            Files.writeString(table, text.substring(0, text.length() - 30));
            assertThat(missing(id).path(0).path("what").asText()).contains("line 41");
            Files.writeString(workspace.run(id).resolve("evaluation.json"), "{\"pictures\": ");
            assertThat(missing(id).path(0).path("what").asText()).contains("cannot be read");
        }
    }

    @Test
    void names_of_classes_that_hold_script_are_plain_text_in_json() throws IOException {
        String evil = "<script>alert(1)</script>";
        Path file = workspace.run("one-1").resolve("evaluation.json");
        String kept = Files.readString(file);
        try {
            Files.writeString(file, kept.replace("\"classNames\" : [ \"0\"", "\"classNames\" : [ \"" + evil + "\""));
            Asked.Answer answer = server.get("/api/jobs/one-1/evaluation");
            assertThat(answer.headers().get("content-type")).isEqualTo("application/json");
            assertThat(answer.headers().get("x-content-type-options")).isEqualTo("nosniff");
            assertThat(answer.json().path("classNames").path(0).asText()).isEqualTo(evil);
        } finally {
            Files.writeString(file, kept);
        }
    }
}
