package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.collection.GeneratedDigits;
import io.fovea.file.FileTree;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real jobs in real processes; one that must not end before others is held by the signal that a terminal's Ctrl-Z sends. */
@DisplayName("The lanes of the queue")
@Timeout(300)
class LanesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Path pictures;

    private final List<ServerProgram.Started> started = new ArrayList<>();
    private final List<Long> held = new ArrayList<>();
    private Asked server;

    @BeforeAll
    static void have_drawn_digits_and_a_model_of_them() {
        workspace = Workspace.at(folder.resolve("workspace"));
        pictures = workspace.folder().resolve("idx");
        GeneratedDigits.generate(24, 4, 1).write(pictures);
        Jobs jobs = new Jobs(workspace);
        jobs.run(Job.Import.of("digits", pictures.toString()));
        jobs.run(Job.Train.of("digits", "perceptron").with(Map.of("epochs", 1, "seed", 1)));
    }

    @BeforeEach
    void are_those_of_a_server_that_can_be_killed() throws IOException {
        start();
    }

    private void start() throws IOException {
        started.add(ServerProgram.Started.on(workspace));
        server = new Asked(started.getLast().address());
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        for (long pid : held) signal("CONT", pid);
        List<String> waiting = new ArrayList<>();
        for (JsonNode lane : server.get("/api/queue").json().path("lanes"))
            lane.path("waiting").forEach(id -> waiting.add(id.asText()));
        for (String id : waiting.reversed()) server.post("/api/jobs/" + id + "/stop", "");
        for (ServerProgram.Started each : started) each.kill();
        Jobs jobs = new Jobs(workspace);
        for (JobStatus job : jobs.list()) if (jobs.stop(job.id())) jobs.waited(job.id(), Duration.ofMinutes(1));
    }

    @AfterAll
    static void and_the_folder_is_gone() {
        FileTree.delete(workspace.folder());
    }

    private String begin(String job) {
        JsonNode begun = server.post("/api/jobs?anew=true", job).json();
        assertThat(begun.has("job")).as("%s", begun).isTrue();
        return begun.path("job").asText();
    }

    private String training(String data, int epochs, String more) {
        return begin("{kind: train, data: " + data + ", network: perceptron, settings: {epochs: " + epochs
                + ", seed: 1}" + more + "}");
    }

    private String importing(String name, String more) {
        return begin("{kind: import, name: " + name + ", sources: ['" + pictures + "']" + more + "}");
    }

    private String evaluation() {
        return begin("{kind: evaluate, model: digits-perceptron, data: digits}");
    }

    private JsonNode job(String id) {
        return server.get("/api/jobs/" + id).json();
    }

    private String state(String id) {
        return job(id).path("state").asText();
    }

    private static void until(BooleanSupplier isSo) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (!isSo.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(20);
        }
    }

    private void untilState(String id, String state) throws InterruptedException {
        until(() -> state(id).equals(state));
    }

    private static JsonNode turns() {
        try {
            return JSON.readTree(workspace.workbench().resolve("queue.json").toFile())
                    .path("turns");
        } catch (IOException absent) {
            return JSON.createArrayNode();
        }
    }

    /** Holds the process of a job before it can end. */
    private void hold(String id) throws Exception {
        until(() -> pid(id) > 0);
        held.add(pid(id));
        signal("STOP", pid(id));
        assertThat(state(id)).isNotEqualTo("done");
    }

    private void letGo(String id) throws Exception {
        signal("CONT", pid(id));
    }

    private static long pid(String id) {
        for (JsonNode turn : turns())
            if (turn.path("job").asText().equals(id)) return turn.path("pid").asLong();
        return 0;
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    @Test
    void do_evaluations_and_imports_while_a_training_goes_on_and_a_second_training_waits() throws Exception {
        String first = training("digits", 100_000, "");
        untilState(first, "running");
        String second = training("digits", 1, "");
        String asks = evaluation();
        String brings = importing("more", "");
        untilState(asks, "done");
        untilState(brings, "done");
        assertThat(state(first)).isEqualTo("running");
        JsonNode waits = job(second);
        assertThat(waits.path("lane").asText()).isEqualTo("learning");
        assertThat(waits.path("position").asInt()).isEqualTo(1);
        assertThat(server.get("/api/queue").json())
                .isEqualTo(JSON.readTree("{\"lanes\":[{\"lane\":\"learning\",\"running\":\"" + first
                        + "\",\"waiting\":[\"" + second + "\"]},{\"lane\":\"importing\",\"waiting\":[]},"
                        + "{\"lane\":\"answering\",\"waiting\":[]}]}"));
    }

    @Test
    void let_a_training_wait_for_the_import_of_its_dataset_and_those_behind_it_go_first() throws Exception {
        String brings = importing("late", "");
        hold(brings);
        String waits = training("late", 1, ", after: [" + brings + "]");
        String behind = training("digits", 1, "");
        untilState(behind, "done");
        JsonNode still = job(waits);
        assertThat(still.path("state").asText()).isEqualTo("queued");
        assertThat(still.path("waitsFor")).hasSize(1);
        assertThat(still.path("waitsFor").get(0).asText()).isEqualTo(brings);
        letGo(brings);
        untilState(waits, "done");
        assertThat(state(brings)).isEqualTo("done");
    }

    @Test
    void take_no_dataset_away_from_a_training_and_begin_none_on_one_that_is_replaced() throws Exception {
        String first = training("digits", 100_000, "");
        untilState(first, "running");
        String replaces = importing("digits", ", replace: true");
        String asks = evaluation();
        JsonNode waits = job(replaces);
        assertThat(waits.path("position").asInt()).isEqualTo(1);
        assertThat(waits.path("waitsFor").get(0).asText()).isEqualTo(first);
        assertThat(job(asks).path("waitsFor").get(0).asText()).isEqualTo(replaces);
        assertThat(server.post("/api/jobs/" + first + "/stop", "").status()).isEqualTo(202);
        untilState(asks, "done");
        assertThat(state(replaces)).isEqualTo("done");
    }

    @Test
    void are_found_again_by_a_new_server_with_all_that_runs_in_them() throws Exception {
        String learns = training("digits", 100_000, "");
        String brings = importing("found", "");
        hold(brings);
        untilState(learns, "running");
        String waits = training("digits", 1, "");
        JsonNode before = server.get("/api/queue").json();
        started.getLast().kill();
        start();
        assertThat(server.get("/api/queue").json()).isEqualTo(before);
        letGo(brings);
        untilState(brings, "done");
        assertThat(server.post("/api/jobs/" + learns + "/stop", "").status()).isEqualTo(202);
        untilState(waits, "done");
    }

    @Test
    void go_on_with_a_queue_of_before_there_were_lanes() throws Exception {
        started.getLast().kill();
        String id;
        try (Jobs.Run begun = new Jobs(workspace)
                .begin(
                        JobYaml.Order.of(Job.Train.of("digits", "perceptron").with(Map.of("epochs", 1, "seed", 7))),
                        Jobs.Going.ANEW)) {
            id = begun.id();
        }
        Files.writeString(
                workspace.workbench().resolve("queue.json"),
                "{\"turn\":{\"job\":\"digits-perceptron-1\",\"pid\":999999,\"began\":\"2026-01-01T00:00:00Z\"},"
                        + "\"waiting\":[\"" + id + "\"]}");
        start();
        untilState(id, "done");
    }
}
