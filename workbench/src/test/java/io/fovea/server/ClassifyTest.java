package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.image.Pixels;
import io.fovea.job.Job;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server and real processes, asked about many pictures at once. */
@DisplayName("The workbench classifies many pictures:")
class ClassifyTest {

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Workbench workbench;
    private static Asked server;

    @BeforeAll
    static void two_networks_learned_drawn_digits() {
        workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(24, 4, 1).write(folder.resolve("idx"));
        Jobs jobs = new Jobs(workspace);
        jobs.run(Job.Import.of("digits", folder.resolve("idx").toString()));
        for (String name : List.of("one", "two"))
            jobs.run(Job.Train.of("digits", "perceptron")
                    .named(name)
                    .set("epochs", name.equals("one") ? 1 : 3)
                    .set("seed", 1));
        workbench = Workbench.start(workspace, 0, JobProgram.words(), List.of());
        server = new Asked(workbench.address());
    }

    @AfterAll
    static void ends() {
        workbench.close();
    }

    private static byte[] digit(int position) {
        return server.get("/api/datasets/digits/test/" + position + "/picture.png")
                .bytes();
    }

    /** Begins a job and waits for its end. */
    private static String done(String order) {
        Asked.Answer begun = server.post("/api/jobs?anew=true", order);
        assertThat(begun.status()).as("%s", begun.json()).isEqualTo(201);
        String id = begun.json().path("job").asText();
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            JsonNode job = server.get("/api/jobs/" + id).json();
            if (job.path("state").asText().equals("done")) return id;
            assertThat(Instant.now()).as("%s", job).isBefore(end);
            assertThat(job.path("state").asText()).as("%s", job).isNotEqualTo("failed");
            try {
                Thread.sleep(100);
            } catch (InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private static JsonNode rows(String id, String query) {
        Asked.Answer answer = server.get("/api/jobs/" + id + "/answers/rows?" + query);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void a_part_of_a_dataset_by_two_models_gives_the_accuracy_that_the_evaluation_found() {
        String id = done("{kind: classify, models: [one, two], data: digits, split: test}");
        JsonNode found = server.get("/api/jobs/" + id + "/answers").json();
        assertThat(found.path("pictures").asInt()).isEqualTo(40);
        assertThat(found.path("problems").asInt()).isZero();
        for (int m = 0; m < 2; m++) {
            String training = found.path("models").path(m).path("name").asText() + "-1";
            JsonNode judged =
                    server.get("/api/jobs/" + training + "/evaluation").json();
            assertThat(found.path("models").path(m).path("accuracy").path("value"))
                    .isEqualTo(judged.path("measures").path(0).path("value"));
        }
        int differ = rows(id, "show=different").path("count").asInt();
        assertThat(found.path("agreement").path("hits").asInt()).isEqualTo(40 - differ);
        assertThat(server.get("/api/jobs/" + id + "/answers/0/picture.png").bytes())
                .isEqualTo(digit(0));
        String csv =
                new String(server.get("/api/jobs/" + id + "/files/answers.csv").bytes(), StandardCharsets.UTF_8);
        assertThat(csv)
                .startsWith("position,picture,place,truth,problem,one,one probability,rank 2 of one,probability of rank"
                        + " 2 of one,");
        assertThat(csv.lines()).hasSize(41);
    }

    @Test
    void as_many_classes_are_told_as_were_asked_for_the_most_probable_first() {
        String id = done("{kind: classify, models: [one, two], data: digits, split: test, top: 3}");
        JsonNode model =
                server.get("/api/jobs/" + id + "/answers").json().path("models").path(0);
        assertThat(model.path("top").asInt()).isEqualTo(3);
        assertThat(model.path("topAccuracy").path("hits").asInt())
                .isBetween(model.path("accuracy").path("hits").asInt(), 40);
        JsonNode said = rows(id, "count=1").path("rows").path(0).path("answers").path(1);
        JsonNode ranking = said.path("ranking");
        assertThat(ranking).hasSize(3);
        assertThat(ranking.path(0).path("className")).isEqualTo(said.path("className"));
        assertThat(ranking.path(0).path("probability").asDouble())
                .isGreaterThanOrEqualTo(ranking.path(1).path("probability").asDouble());
        assertThat(ranking.path(1).path("probability").asDouble())
                .isGreaterThanOrEqualTo(ranking.path(2).path("probability").asDouble());
    }

    @Test
    void a_model_of_fewer_classes_than_asked_for_tells_all_of_them() {
        String id = done("{kind: classify, models: [one], data: digits, split: test, top: 99}");
        JsonNode model =
                server.get("/api/jobs/" + id + "/answers").json().path("models").path(0);
        assertThat(model.path("top").asInt()).isEqualTo(10);
        assertThat(model.path("topAccuracy").path("hits").asInt()).isEqualTo(40);
    }

    @Test
    void dropped_ones_are_kept_and_classified_and_broken_ones_are_rows() {
        for (String name : List.of("seven.png", "seven.png", "%3Cimg%20src=x%20onerror=alert(1)%3E.png"))
            assertThat(server.post("/api/pictures/dropped/" + name, digit(0)).status())
                    .isEqualTo(201);
        String folderOfSet = server.post("/api/pictures/dropped/broken.png", "no picture at all")
                .json()
                .path("folder")
                .asText();
        assertThat(server.post("/api/pictures/dropped/empty.png", new byte[0]).status())
                .isEqualTo(201);
        String id = done("{kind: classify, models: [one], pictures: [\"" + folderOfSet + "\"]}");
        JsonNode found = server.get("/api/jobs/" + id + "/answers").json();
        assertThat(found.path("problems").asInt()).isEqualTo(2);
        JsonNode empty = rows(id, "show=problems").path("rows").path(1);
        assertThat(empty.path("picture").asText()).isEqualTo("empty.png");
        assertThat(empty.path("problem").asText()).startsWith("The file is empty");
        assertThat(found.path("models").path(0).has("accuracy")).isFalse();
        JsonNode broken = rows(id, "show=problems").path("rows").path(0);
        assertThat(broken.path("picture").asText()).isEqualTo("broken.png");
        assertThat(broken.path("problem").asText()).isNotBlank();
        assertThat(rows(id, "words=2-seven").path("count").asInt()).isEqualTo(1);
        assertThat(rows(id, "").path("rows").path(1).path("picture").asText())
                .isEqualTo("<img src=x onerror=alert(1)>.png");
        assertThat(server.get("/api/jobs/" + id + "/answers/1/picture.png").status())
                .isEqualTo(200);
        assertThat(server.get("/api/jobs/" + id + "/answers/2/picture.png").status())
                .isEqualTo(422);
    }

    @Test
    void a_list_with_broken_lines_and_missing_pictures_says_so_row_by_row() throws IOException {
        Path lists = Files.createDirectories(workspace.folder().resolve("lists"));
        Files.write(lists.resolve("zero.png"), digit(0));
        Files.write(folder.resolve("outside.png"), digit(1));
        Path list = Files.writeString(
                lists.resolve("odd.txt"),
                "# odd digits\nzero.png 0\ngone.png 1\n\"unfinished\n" + folder.resolve("outside.png") + ",1\n");
        String id = done("{kind: classify, models: [one, two], pictures: [\"" + list + "\"]}");
        JsonNode rows = rows(id, "count=10").path("rows");
        assertThat(rows).hasSize(4);
        assertThat(rows.path(0).path("truth").asText()).isEqualTo("0");
        assertThat(rows.path(0).path("answers")).hasSize(2);
        assertThat(rows.path(0).path("answers").path(0).has("right")).isTrue();
        assertThat(rows.path(1).path("problem").asText()).contains("no such file", "line 3");
        assertThat(rows.path(2).path("problem").asText()).contains("line 4");
        assertThat(server.get("/api/jobs/" + id + "/answers/0/picture.png").status())
                .isEqualTo(200);
        // what a list names may lie anywhere, and is shown only if it lies where the workbench may read
        assertThat(server.get("/api/jobs/" + id + "/answers/3/picture.png").status())
                .isEqualTo(403);
    }

    @Nested
    @DisplayName("it tells in three parts")
    class Problems {

        private void told(Asked.Answer answer, int status, String words) {
            assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
            assertThat(answer.json().path("what").asText()).contains(words);
            assertThat(answer.json().path("do").asText()).isNotBlank();
        }

        @Test
        void what_is_wrong_with_a_job_before_anything_is_done() {
            told(server.post("/api/jobs", "{kind: classify, models: [], data: digits}"), 422, "no model");
            told(server.post("/api/jobs", "{kind: classify, models: [one, one], data: digits}"), 422, "twice");
            told(server.post("/api/jobs", "{kind: classify, models: [one]}"), 422, "either");
            told(server.post("/api/jobs", "{kind: classify, models: [one], data: digits, top: 0}"), 422, "at least 1");
            told(server.post("/api/jobs", "{kind: classify, models: [three], data: digits}"), 422, "no model named");
            told(server.post("/api/jobs", "{kind: classify, models: [one], data: digets}"), 422, "no dataset named");
            told(server.post("/api/jobs", "{kind: classify, models: [one], pictures: [none.txt]}"), 422, "none.txt");
            told(server.post("/api/jobs", "{kind: classify, models: [one], pictures: [/etc]}"), 403, "may not read");
        }

        @Test
        void that_a_job_has_no_answers() {
            told(server.get("/api/jobs/one-1/answers"), 422, "no table");
            told(server.get("/api/jobs/none/answers"), 404, "no run named");
        }

        @Test
        void what_is_wrong_with_a_question() {
            String id = done("{kind: classify, models: [one], data: digits, split: validation}");
            String rows = "/api/jobs/" + id + "/answers/rows?";
            told(server.get(rows + "show=some"), 422, "\"some\"");
            told(server.get(rows + "order=size"), 422, "\"size\"");
            told(server.get(rows + "model=1"), 422, "no model 1");
            told(server.get(rows + "count=501"), 422, "501");
            told(server.get("/api/jobs/" + id + "/answers/99999/picture.png"), 422, "no picture 99999");
            told(server.get("/api/jobs/" + id + "/answers/-1/picture.png"), 422, "no picture -1");
        }

        @Test
        void that_a_name_is_none() {
            told(server.post("/api/pictures/..%2Fx/a.png", "x"), 422, "cannot name");
            told(server.post("/api/pictures/set/.hidden", "x"), 422, "cannot name");
            told(server.post("/api/pictures/set/..%2F..%2Fa.png", "x"), 422, "cannot name");
            assertThat(workspace.folder().resolve("workbench/a.png")).doesNotExist();
        }
    }

    @Test
    void pictures_of_other_sizes_and_colours_too() throws IOException {
        Path mixed = Files.createDirectories(workspace.folder().resolve("mixed"));
        PngWriter.write(new Pixels(300, 700, 3, new byte[300 * 700 * 3]), mixed.resolve("wide.png"));
        PngWriter.write(new Pixels(1, 1, 1, new byte[1]), mixed.resolve("dot.png"));
        String id = done("{kind: classify, models: [one], pictures: [\"" + mixed + "\"]}");
        assertThat(rows(id, "").path("rows").path(0).path("answers")).hasSize(1);
        assertThat(server.get("/api/jobs/" + id + "/answers/1/picture.png").status())
                .isEqualTo(200);
    }
}
