package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PictureDecoder;
import io.fovea.collection.IdxWriter;
import io.fovea.image.ColorMode;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The course over REST, on digits that Fovea draws: the real server, and jobs in processes of their own. */
@DisplayName("The course's addresses")
class CourseTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Workbench workbench;
    private static Asked server;

    @BeforeAll
    static void starts_on_an_empty_workspace() {
        workspace = Workspace.at(folder.resolve("workspace"));
        workbench = Workbench.start(workspace, 0, JobProgram.words(), List.of());
        server = new Asked(workbench.address());
    }

    @AfterAll
    static void ends() throws InterruptedException {
        workbench.close();
        Jobs jobs = new Jobs(workspace); // what a failed test left goes on otherwise
        for (JobStatus job : jobs.list()) if (jobs.stop(job.id())) jobs.waited(job.id(), Duration.ofMinutes(1));
    }

    private static JsonNode done(String order) {
        return done(server, order);
    }

    private static JsonNode done(Asked server, String order) {
        JsonNode begun = server.post("/api/jobs", order).json();
        assertThat(begun.has("job")).as("%s", begun).isTrue();
        Instant end = Instant.now().plus(LONGEST);
        while (true) {
            JsonNode job = server.get("/api/jobs/" + begun.path("job").asText()).json();
            assertThat(job.path("state").asText()).as("%s", job).isNotEqualTo("failed");
            if (job.path("state").asText().equals("done")) return job;
            assertThat(Instant.now()).as("%s", job).isBefore(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    @Test
    void tell_every_set_with_origin_licence_and_whether_it_is_here() {
        JsonNode sets = server.get("/api/collection").json().path("sets");
        assertThat(sets.findValuesAsText("name"))
                .containsExactly(
                        "mnist",
                        "mnist-inverted",
                        "fashion-mnist",
                        "cifar10",
                        "drawn-digits",
                        "drawn-digits-inverted",
                        "odd-digits");
        for (JsonNode set : sets)
            if (set.path("origin").asText().startsWith("Fovea"))
                assertThat(set.path("here").asBoolean()).as("%s", set).isTrue();
    }

    @Test
    void find_a_published_set_by_its_name_where_no_request_may_read(@TempDir Path other) throws Exception {
        Path set = Files.createDirectories(other.resolve("data/mnist"));
        for (String part : List.of("train", "t10k")) {
            IdxWriter.writePictures(new byte[40 * 28 * 28], 28, 28, set.resolve(part + "-images-idx3-ubyte"));
            byte[] labels = new byte[40];
            for (int i = 0; i < labels.length; i++) labels[i] = (byte) (i % 10);
            IdxWriter.writeLabels(labels, set.resolve(part + "-labels-idx1-ubyte"));
        }
        Workspace place = Workspace.at(other.resolve("workspace"));
        ServerProgram.Started started = ServerProgram.Started.on(
                place, Map.of("FOVEA_DATA", set.getParent().toString()));
        try {
            Asked asked = new Asked(started.address());
            done(asked, "{kind: import, name: digits, sources: ['collection:mnist'], settings: {minimumPerClass: 1}}");
            Asked.Answer named =
                    asked.post("/api/jobs", "{kind: import, name: named, sources: ['" + set + "'], settings: {}}");
            assertThat(named.status()).isEqualTo(403);
        } finally {
            started.kill();
        }
    }

    @Test
    void show_the_odd_digits_one_by_one_and_together() {
        JsonNode list = server.get("/api/course/odd-digits").json();
        assertThat(list.path("digits")).hasSize(200);
        Asked.Answer sheet = server.get("/api/course/odd-digits/sheet.png");
        var all = PictureDecoder.decode(sheet.bytes(), "the sheet", ColorMode.COLOR);
        assertThat(all.width()).isEqualTo(20 * 64);
        assertThat(all.height()).isEqualTo(10 * 64);
        assertThat(server.get("/api/course/odd-digits/8-02/picture.png").status())
                .isEqualTo(200);
        assertThat(server.get("/api/course/odd-digits/8-99/picture.png").status())
                .isEqualTo(404);
        assertThat(server.get("/api/course/odd-digits/..%2F8-02/picture.png").status())
                .isBetween(400, 404);
    }

    @Test
    void bring_in_sets_train_on_them_and_judge_by_the_odd_digits() {
        done("{kind: import, name: small, sources: ['collection:drawn-digits'], settings: {maximumPerClass: 40}}");
        JsonNode inverted = done("{kind: import, name: inverted, sources: ['collection:drawn-digits-inverted'],"
                + " settings: {maximumPerClass: 80}}");
        assertThat(inverted.path("state").asText()).isEqualTo("done");
        JsonNode dataset = server.get("/api/datasets/inverted").json();
        assertThat(dataset.path("pictures").path("test").asInt()).isEqualTo(4_000);
        done("{kind: train, data: inverted, network: perceptron, name: both, settings: {epochs: 2, seed: 1}}");

        JsonNode answers = server.get("/api/course/answers/both").json();
        assertThat(answers.path("what").asText()).isEmpty();
        assertThat(answers.path("answers")).hasSize(200);
        int right = answers.path("right").asInt();
        assertThat(right).isBetween(21, 199);
        assertThat(answers.path("accuracy").asDouble()).isEqualTo(right / 200.0);

        // the terminal's way: the same pictures as a dataset that is all test
        done("{kind: import, name: odd, sources: ['collection:odd-digits']}");
        JsonNode judged = done("{kind: evaluate, model: both, data: odd}");
        assertThat(judged.toString()).contains("" + right / 200.0);
        assertThat(server.get("/api/course/answers/none").status()).isEqualTo(404);
    }

    @Test
    void name_the_nearest_set_to_one_that_is_unknown() {
        Asked.Answer answer =
                server.post("/api/jobs", "{kind: import, name: wrong, sources: ['collection:mnist-small']}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("what").asText()).startsWith("There is no ready-made set \"mnist-small\"");
        assertThat(answer.json().path("do").asText()).contains("mnist");
    }
}
