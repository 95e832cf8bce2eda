package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.collection.GeneratedDigits;
import io.fovea.job.Job;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server deletes; every answer is held to openapi.json. */
@DisplayName("The workbench deletes")
class DeletionTest {

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Workbench workbench;
    private static Asked server;

    @BeforeAll
    static void has_digits() {
        workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(24, 4, 1).write(folder.resolve("idx"));
        workbench = Workbench.start(workspace, 0, JobProgram.words(), List.of());
        server = new Asked(workbench.address());
    }

    @AfterAll
    static void ends() throws InterruptedException {
        workbench.close();
        Jobs jobs = new Jobs(workspace);
        for (JobStatus job : jobs.list()) if (jobs.stop(job.id())) jobs.waited(job.id(), Duration.ofMinutes(1));
    }

    private static void imported(String name) {
        new Jobs(workspace).run(Job.Import.of(name, folder.resolve("idx").toString()));
    }

    private static String begun(String data, int epochs) {
        return server.post(
                        "/api/jobs",
                        "{kind: train, data: " + data + ", network: perceptron, settings: {epochs: " + epochs
                                + ", seed: 1}}")
                .json()
                .path("job")
                .asText();
    }

    private static Asked.Answer delete(String path) {
        return server.send("DELETE", path, HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    private static void until(String id, Predicate<String> wanted) {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (!wanted.test(server.get("/api/jobs/" + id).json().path("state").asText())) {
            assertThat(Instant.now()).isBefore(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    @Test
    void a_dataset_a_run_and_a_model_and_says_what_that_frees_and_who_used_it() {
        imported("whole");
        String run = begun("whole", 1);
        until(run, "done"::equals);
        server.put("/api/notes/datasets/whole", "{\"tags\":[\"old\"],\"text\":\"\"}");
        String names = "{\"datasets\":[\"whole\"],\"runs\":[\"" + run + "\"],\"models\":[\"whole-perceptron\"]}";
        JsonNode look = server.post("/api/deletions/look", names).json();
        assertThat(look.path("things").get(0).path("usedBy").toString()).isEqualTo("[\"" + run + "\"]");
        assertThat(look.path("things").get(0).has("problem")).isFalse();
        long disk =
                server.get("/api/disk").json().path("datasets").path("whole").asLong();
        assertThat(look.path("things").get(0).path("sizeInBytes").asLong())
                .isEqualTo(disk)
                .isPositive();
        assertThat(look.path("sizeInBytes").asLong()).isGreaterThan(disk);

        assertThat(server.get("/api/datasets/whole/training/sheet.png?positions=0")
                        .status())
                .isEqualTo(200);
        Asked.Answer deleted = server.post("/api/deletions", names);
        assertThat(deleted.status()).as("%s", deleted.json()).isEqualTo(200);
        assertThat(workspace.dataset("whole")).doesNotExist();
        assertThat(workspace.run(run)).doesNotExist();
        assertThat(workspace.model("whole-perceptron")).doesNotExist();
        assertThat(server.get("/api/datasets/whole").status()).isEqualTo(404);
        assertThat(server.get("/api/notes/datasets").json().path("notes").has("whole"))
                .isFalse();
        assertThat(server.post("/api/deletions", names).status()).isEqualTo(404);
    }

    @Test
    void no_run_that_is_done_or_waits_and_no_dataset_that_these_need() {
        imported("needed");
        String running = begun("needed", 100_000);
        String waiting = begun("needed", 2);
        until(running, "running"::equals);
        for (String run : List.of(running, waiting)) {
            Asked.Answer answer = delete("/api/jobs/" + run);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(workspace.run(run)).exists();
        }
        Asked.Answer dataset = delete("/api/datasets/needed");
        assertThat(dataset.status()).isEqualTo(409);
        assertThat(dataset.json().path("what").asText())
                .isEqualTo("Unfinished jobs need it: " + running + ", " + waiting + ".");
        String all = "{\"datasets\":[\"needed\"],\"runs\":[\"" + running + "\",\"" + waiting + "\"]}";
        assertThat(server.post("/api/deletions", all).status()).isEqualTo(409);
        assertThat(workspace.dataset("needed")).exists();

        server.post("/api/jobs/" + waiting + "/stop", "");
        server.post("/api/jobs/" + running + "/stop", "");
        until(running, "stopped"::equals);
        assertThat(delete("/api/datasets/needed").status()).isEqualTo(409); // they could go on
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (server.post("/api/deletions", all).status() != 200) // its process has told the end, and ends
        assertThat(Instant.now()).isBefore(end);
        assertThat(workspace.dataset("needed")).doesNotExist();
        assertThat(workspace.run(running)).doesNotExist();
        assertThat(workspace.run(waiting)).doesNotExist();
    }

    @Test
    void a_run_whose_name_the_next_one_gets_and_remembers_nothing_of_it() {
        imported("again");
        String first = begun("again", 2);
        until(first, "done"::equals);
        int told = server.get("/api/jobs/" + first).json().path("events").asInt();
        assertThat(delete("/api/jobs/" + first).status()).isEqualTo(200);
        assertThat(begun("again", 1)).isEqualTo(first);
        until(first, "done"::equals);
        assertThat(server.get("/api/jobs/" + first).json().path("events").asInt())
                .isLessThan(told);
    }

    @Test
    void a_link_and_never_what_it_leads_to() throws IOException {
        imported("elsewhere");
        Path outside = folder.resolve("outside");
        Files.move(workspace.dataset("elsewhere"), outside);
        Files.createSymbolicLink(workspace.dataset("elsewhere"), outside);
        Path inside = Files.createDirectories(workspace.run("linked-1"));
        Files.createSymbolicLink(inside.resolve("link"), outside);
        assertThat(delete("/api/datasets/elsewhere").status()).isEqualTo(200);
        assertThat(delete("/api/jobs/linked-1").status()).isEqualTo(200);
        assertThat(workspace.dataset("elsewhere")).doesNotExist();
        assertThat(outside.resolve("dataset.json")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/datasets/..%2f..%2fidx",
                "/api/datasets/..",
                "/api/datasets/.hidden",
                "/api/jobs/..%2fdatasets",
                "/api/models/..%2f..%2f..%2fetc",
                "/api/models/nothing"
            })
    void nothing_of_a_wrong_name(String path) {
        assertThat(delete(path).status()).isBetween(400, 499);
        assertThat(folder.resolve("idx")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"datasets\":\"whole\"}",
                "{\"datasets\":[\"../../idx\"]}",
                "{\"datasets\":[\"..\"]}",
                "{\"datasets\":[null]}",
                "{\"weights\":[\"x\"]}",
                "{\"runs\":[\"\"]}"
            })
    void nothing_of_a_wrong_body(String body) {
        assertThat(server.post("/api/deletions", body).status()).isBetween(400, 499);
        assertThat(server.post("/api/deletions/look", body).status()).isBetween(400, 499);
        assertThat(folder.resolve("idx")).exists();
    }
}
