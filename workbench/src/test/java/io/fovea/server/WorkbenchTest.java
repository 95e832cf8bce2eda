package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server on a free port, asked by a program; every answer is held to openapi.json. */
@DisplayName("The workbench's server")
class WorkbenchTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Workbench workbench;
    private static Asked server;

    @BeforeAll
    static void has_drawn_digits_and_a_trained_network() {
        workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(24, 4, 1).write(folder.resolve("idx"));
        new Jobs(workspace).run(Job.Import.of("digits", folder.resolve("idx").toString()));
        workbench = Workbench.start(workspace, 0, JobProgram.words(), List.of());
        server = new Asked(workbench.address());
        JsonNode begun = server.post(
                        "/api/jobs", "{kind: train, data: digits, network: perceptron, settings: {epochs: 2, seed: 1}}")
                .json();
        assertThat(begun).isEqualTo(json("{\"job\":\"digits-perceptron-1\"}"));
        until("digits-perceptron-1", state -> state.equals("done"));
    }

    @AfterAll
    static void ends() throws InterruptedException {
        workbench.close();
        Jobs jobs = new Jobs(workspace); // what a failed test left goes on otherwise
        for (JobStatus job : jobs.list()) if (jobs.stop(job.id())) jobs.waited(job.id(), Duration.ofMinutes(1));
    }

    private static JsonNode json(String text) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    private static JsonNode until(String id, Predicate<String> wanted) {
        Instant end = Instant.now().plus(LONGEST);
        while (true) {
            JsonNode job = server.get("/api/jobs/" + id).json();
            if (wanted.test(job.path("state").asText())) return job;
            assertThat(Instant.now()).as("%s", job).isBefore(end);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Nested
    @DisplayName("answers about what the workspace holds:")
    class Answers {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api/workspace",
                    "/api/settings",
                    "/api/settings/learning-rate?schedule=one_cycle&learningRate=0.1&epochs=3&warmUp=0.1",
                    "/api/datasets",
                    "/api/datasets/digits",
                    "/api/datasets/digits/mean.png",
                    "/api/datasets/digits/training?class=3&words=train",
                    "/api/datasets/digits/training/sheet.png?positions=0,1,2",
                    "/api/datasets/digits/validation/0",
                    "/api/datasets/digits/test/39/picture.png",
                    "/api/jobs",
                    "/api/jobs/digits-perceptron-1",
                    "/api/jobs/digits-perceptron-1/files",
                    "/api/jobs/digits-perceptron-1/files/log.txt",
                    "/api/jobs/digits-perceptron-1/files/job.yaml",
                    "/api/queue",
                    "/api/models",
                    "/api/models/digits-perceptron",
                    "/api/models/digits-perceptron/file",
                    "/api/networks",
                    "/api/networks/googlenet",
                    "/api/notes/runs"
                })
        void as_described(String path) {
            assertThat(server.get(path).status()).isEqualTo(200);
        }

        @Test
        void how_a_server_stands_that_is_not_there_or_is_another_kind_as_a_problem() {
            Asked.Answer nobody = server.get("/api/prediction-server?address=http://127.0.0.1:1");
            assertThat(nobody.status()).isEqualTo(422);
            assertThat(nobody.json().path("what").asText()).contains("cannot be asked");
            Asked.Answer other = server.get("/api/prediction-server?address=" + workbench.address());
            assertThat(other.json().path("what").asText()).isEqualTo("This is no prediction server of Fovea.");
            assertThat(server.get("/api/prediction-server").json().path("what").asText())
                    .contains("no address of a prediction server");
        }

        @Test
        void every_network_of_the_catalogue_as_described() {
            for (JsonNode network : server.get("/api/networks").json().path("networks"))
                assertThat(server.get("/api/networks/" + network.path("name").asText())
                                .status())
                        .isEqualTo(200);
        }

        @Test
        void a_run_with_its_best_measure() {
            JsonNode run = server.get("/api/jobs/digits-perceptron-1").json();
            assertThat(run.path("measure").path("name").asText()).isEqualTo("accuracy");
            assertThat(run.path("measure").path("curve")).hasSize(2);
            assertThat(run.path("model").asText()).isEqualTo("digits-perceptron");
            assertThat(run.path("classNames")).hasSize(10);
        }

        @Test
        void pictures_of_a_class() {
            JsonNode threes =
                    server.get("/api/datasets/digits/training?class=3").json();
            for (JsonNode position : threes.path("positions"))
                assertThat(server.get("/api/datasets/digits/training/" + position.asInt())
                                .json()
                                .path("className")
                                .asText())
                        .isEqualTo("3");
            assertThat(threes.path("count").asInt()).isEqualTo(18);
        }

        @Test
        void what_a_model_sees_in_a_picture() {
            byte[] four =
                    PngWriter.bytes(GeneratedDigits.generate(1, 0, 9).training().picture(4));
            JsonNode said = server.post("/api/models/digits-perceptron/predict?top=3", four)
                    .json();
            assertThat(said.path("answer").path("top")).hasSize(3);
            assertThat(said.path("task").asText()).isEqualTo("classification");
        }
    }

    @Nested
    @DisplayName("refuses with what is wrong, where and what to do:")
    class Refusals {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api/nothing",
                    "/api/datasets/digitz",
                    "/api/datasets/..%2f..%2fetc",
                    "/api/datasets/digits/sometimes",
                    "/api/datasets/digits/training/99999",
                    "/api/datasets/digits/training/two",
                    "/api/datasets/digits/training/sheet.png?positions=-1",
                    "/api/datasets/digits/training/sheet.png",
                    "/api/jobs/digits-perceptron-9",
                    "/api/jobs/.hidden",
                    "/api/jobs/digits-perceptron-1/files/missing.txt",
                    "/api/jobs/digits-perceptron-1/files/..%2f..%2f..%2fidx%2ftrain-labels-idx1-ubyte.gz",
                    "/api/models/nothing",
                    "/api/networks/lenett",
                    "/api/notes/weights",
                    "/api/settings/learning-rate?epochs=0",
                    "/api/settings/learning-rate?learningRate=fast"
                })
        void a_wrong_address(String path) {
            Asked.Answer answer = server.get(path);
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
        }

        @Test
        void a_name_that_there_is_not_and_offers_the_nearest() {
            assertThat(server.get("/api/datasets/digitz").json().path("do").asText())
                    .contains("did you mean \"digits\"?");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "kind: dance",
                    "{kind: train, data: nothing, network: lenet}",
                    "{kind: train, data: digits, network: lenett}",
                    "{kind: train, data: digits, network: lenet, settings: {epoch: 3}}",
                    "{kind: train, data: digits, network: lenet, settings: {epochs: -3}}",
                    "{kind: train, data: ../../etc, network: lenet}"
                })
        void a_job_that_cannot_be_done(String job) {
            int before = server.get("/api/jobs").json().path("jobs").size();
            assertThat(server.post("/api/jobs", job).status()).isBetween(400, 499);
            assertThat(server.get("/api/jobs").json().path("jobs")).hasSize(before);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{kind: import, name: theirs, sources: [ELSEWHERE]}",
                    "{kind: import, name: theirs, sources: ['train=ELSEWHERE/a.zip']}",
                    "{kind: import, name: theirs, sources: [../elsewhere]}",
                    "{kind: import, name: theirs, sources: [link]}",
                    "{kind: train, data: digits, network: ELSEWHERE/net.yaml}",
                    "{kind: importWeights, name: theirs, source: ELSEWHERE/w.pth}",
                    "{kind: evaluate, model: digits-perceptron, data: digits, output: ELSEWHERE/out}",
                    "{kind: evaluate, model: ELSEWHERE/m.fovea, data: digits}",
                    "{kind: recipe, name: theirs, jobs: [{kind: import, name: theirs, sources: [ELSEWHERE]}]}"
                })
        void a_job_that_names_a_place_elsewhere_on_the_machine(String job) throws IOException {
            Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
            Path link = workspace.folder().resolve("link");
            if (!Files.exists(link)) Files.createSymbolicLink(link, elsewhere);
            Asked.Answer answer = server.post("/api/jobs", job.replace("ELSEWHERE", elsewhere.toString()));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().path("what").asText()).contains("may not read or write");
            assertThat(answer.json().path("do").asText()).contains("--folder");
        }

        @Test
        void bytes_that_are_no_picture() {
            Asked.Answer answer = server.post(
                    "/api/models/digits-perceptron/predict",
                    "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).isEqualTo(422);
        }

        @Test
        void more_bytes_than_a_picture_has() {
            Asked.Answer answer = server.post("/api/models/digits-perceptron/predict", new byte[Body.MOST_BYTES + 1]);
            assertThat(answer.status()).isEqualTo(413);
        }

        @Test
        void to_go_on_with_what_is_done_and_to_stop_what_is_not_done() {
            assertThat(server.post("/api/jobs/digits-perceptron-1/go-on", "").status())
                    .isEqualTo(409);
            assertThat(server.post("/api/jobs/digits-perceptron-1/stop", "").status())
                    .isEqualTo(409);
        }

        @Test
        void another_method_than_the_address_is_for() {
            Asked.Answer answer = server.put("/api/jobs/digits-perceptron-1/stop", "{}");
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.json().path("what").asText()).contains("not for PUT, but for POST");
            assertThat(server.put("/api/nowhere", "{}").status()).isEqualTo(404);
        }

        @Test
        void a_note_with_a_field_that_it_has_not_which_would_cost_what_was_there() {
            String path = "/api/notes/runs/digits-perceptron-1";
            server.put(path, "{\"text\":\"precious\"}");
            Asked.Answer answer = server.put(path, "{\"texts\":\"new\"}");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().path("do").asText()).contains("\"text\"");
            assertThat(server.put(path, "{\"tags\":\"one\"}").status()).isEqualTo(422);
            JsonNode kept = server.get("/api/notes/runs").json().path("notes").path("digits-perceptron-1");
            assertThat(kept.path("text").asText()).isEqualTo("precious");
            server.put(path, "{}");
        }

        @Test
        void a_note_that_is_too_long() {
            String note = "{\"tags\":[],\"text\":\"" + "x".repeat(20_000) + "\"}";
            assertThat(server.put("/api/notes/runs/digits-perceptron-1", note).status())
                    .isEqualTo(422);
        }

        @Test
        void a_link_that_leads_out_of_a_run() throws IOException {
            Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
            Path link = workspace.run("digits-perceptron-1").resolve("link.txt");
            Files.createSymbolicLink(link, secret);
            assertThat(server.get("/api/jobs/digits-perceptron-1/files/link.txt")
                            .status())
                    .isEqualTo(404);
            Files.delete(link);
        }
    }

    @Nested
    @DisplayName("lets only this machine's own pages and programs ask:")
    class Safe {

        private int asked(Map<String, String> headers) {
            return server.send("GET", "/api/jobs", HttpRequest.BodyPublishers.noBody(), headers)
                    .status();
        }

        @Test
        void no_page_of_another_site() {
            assertThat(asked(Map.of("Origin", "https://evil.example"))).isEqualTo(403);
            assertThat(asked(Map.of("Origin", "null"))).isEqualTo(403);
            assertThat(asked(Map.of("Sec-Fetch-Site", "cross-site"))).isEqualTo(403);
            assertThat(asked(Map.of("Sec-Fetch-Site", "same-site"))).isEqualTo(403);
        }

        @Test
        void its_own_pages() {
            assertThat(asked(Map.of("Origin", workbench.address().toString(), "Sec-Fetch-Site", "same-origin")))
                    .isEqualTo(200);
        }

        @Test
        void no_name_that_was_pointed_here() throws Exception {
            try (java.net.Socket socket =
                    new java.net.Socket("127.0.0.1", workbench.address().getPort())) {
                socket.getOutputStream()
                        .write("GET /api/jobs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 403");
            }
        }

        @Test
        void and_tells_browsers_to_run_nothing_else() {
            for (String path : new String[] {"/", "/runs/digits-perceptron-1", "/api/jobs", "/icon.svg"}) {
                Map<String, String> headers = server.get(path).headers();
                assertThat(headers.get("content-security-policy"))
                        .as(path)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe");
                assertThat(headers).containsEntry("x-content-type-options", "nosniff");
            }
        }

        @Test
        void and_saves_files_of_runs_instead_of_showing_them() throws IOException {
            Path page = Files.writeString(
                    workspace.run("digits-perceptron-1").resolve("page.html"), "<script>alert(1)</script>");
            Map<String, String> headers =
                    server.get("/api/jobs/digits-perceptron-1/files/page.html").headers();
            assertThat(headers.get("content-disposition")).startsWith("attachment");
            assertThat(headers.get("content-type")).isEqualTo("application/octet-stream");
            Files.delete(page);
        }
    }

    @Nested
    @DisplayName("keeps what people add")
    class Added {

        @Test
        void until_its_database_is_deleted_and_loses_nothing_else() throws IOException {
            String path = "/api/notes/models/digits-perceptron";
            server.put(path, "{\"tags\":[\"first\",\"first\",\" small \"],\"text\":\"as a <b>start</b>\"}");
            JsonNode kept = server.get("/api/notes/models").json().path("notes").path("digits-perceptron");
            assertThat(kept.path("tags").toString()).isEqualTo("[\"first\",\"small\"]");
            assertThat(kept.path("text").asText()).isEqualTo("as a <b>start</b>");

            Files.delete(workspace.workbench().resolve("notes.sqlite"));
            assertThat(server.get("/api/notes/models").json().path("notes")).isEmpty();
            assertThat(server.get("/api/models").json().path("models")).hasSize(1);
            assertThat(server.put(path, "{\"tags\":[],\"text\":\"again\"}").status())
                    .isEqualTo(200);
            assertThat(server.put(path, "{\"tags\":[],\"text\":\"\"}").status()).isEqualTo(200);
            assertThat(server.get("/api/notes/models").json().path("notes")).isEmpty();
        }
    }

    @Nested
    @DisplayName("does what learns one at a time")
    class Work {

        private static String train(int epochs, int seed) {
            return "{kind: train, data: digits, network: perceptron, settings: {epochs: " + epochs + ", seed: " + seed
                    + "}}";
        }

        @Test
        void in_the_order_that_is_asked_for_and_goes_on_after_a_stop_and_a_new_server() {
            String first = server.post("/api/jobs", train(100_000, 2))
                    .json()
                    .path("job")
                    .asText();
            String second =
                    server.post("/api/jobs", train(2, 3)).json().path("job").asText();
            String third =
                    server.post("/api/jobs", train(2, 4)).json().path("job").asText();
            until(first, "running"::equals);
            assertThat(server.get("/api/queue").json().path("lanes").get(0))
                    .isEqualTo(json("{\"lane\":\"learning\",\"running\":\"" + first + "\",\"waiting\":[\"" + second
                            + "\",\"" + third + "\"]}"));
            assertThat(server.put("/api/queue", "{\"waiting\":[\"" + third + "\"]}")
                            .status())
                    .isEqualTo(422);
            assertThat(server.put("/api/queue", "{\"waiting\":[\"" + third + "\",\"" + second + "\"]}")
                            .status())
                    .isEqualTo(200);

            workbench.close();
            workbench = Workbench.start(workspace, 0, JobProgram.words(), List.of());
            server = new Asked(workbench.address());
            assertThat(until(first, "running"::equals).path("events").asInt()).isPositive();
            assertThat(server.get("/api/queue").json().at("/lanes/0/waiting/0").asText())
                    .isEqualTo(third);

            assertThat(server.post("/api/jobs/" + second + "/stop", "").status())
                    .isEqualTo(202); // out of the queue
            assertThat(server.post("/api/jobs/" + first + "/stop", "").status()).isEqualTo(202);
            until(first, "stopped"::equals);
            until(third, "done"::equals);
            assertThat(server.get("/api/jobs/" + second).json().path("state").asText())
                    .isEqualTo("queued");
            assertThat(server.get("/api/jobs/" + second).json().has("position")).isFalse();

            int told = server.get("/api/jobs/" + first).json().path("events").asInt();
            assertThat(server.post("/api/jobs/" + first + "/go-on", "").status())
                    .isEqualTo(202);
            Instant end = Instant.now().plus(LONGEST);
            while (until(first, state -> true).path("events").asInt() < told + 10) {
                assertThat(Instant.now()).isBefore(end);
                pause();
            }
            server.post("/api/jobs/" + first + "/stop", "");
            until(first, "stopped"::equals);
        }

        @Test
        void and_tells_why_one_could_not_begin() throws IOException {
            String id = server.post("/api/jobs", train(2, 7)).json().path("job").asText();
            until(id, "done"::equals);
            assertThat(new HiddenFolder(workspace.dataset("digits")).whileHidden(() -> server.post(
                                    "/api/jobs", "{kind: train, data: digits, network: perceptron}")
                            .json()
                            .path("what")
                            .asText()))
                    .contains("There is no dataset named \"digits\"");
        }
    }

    @Nested
    @DisplayName("started")
    class Started {

        @Test
        void on_a_workspace_that_has_one_names_that_one() {
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> Workbench.start(workspace, 0, JobProgram.words(), List.of()));
            assertThat(problem.what()).isEqualTo("Another workbench has this workspace: " + workbench.address());
        }

        @Test
        void on_a_port_that_is_taken_says_so(@TempDir Path other) {
            int port = workbench.address().getPort();
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> Workbench.start(Workspace.at(other), port, JobProgram.words(), List.of()));
            assertThat(problem.what()).isEqualTo("Port " + port + " is taken by another program.");
            assertThat(problem.remedy()).contains("--port");
            try (Workbench free = Workbench.start(Workspace.at(other), 0, JobProgram.words(), List.of())) {
                assertThat(new Asked(free.address()).get("/api/jobs").json().path("jobs"))
                        .isEmpty();
            }
        }

        @Test
        void with_a_folder_imports_from_there(@TempDir Path other) throws InterruptedException {
            Path pictures = folder.resolve("idx");
            try (Workbench open = Workbench.start(Workspace.at(other), 0, JobProgram.words(), List.of(pictures))) {
                Asked.Answer answer = new Asked(open.address())
                        .post("/api/jobs", "{kind: import, name: digits, sources: ['" + pictures + "']}");
                assertThat(answer.status()).isEqualTo(201);
            }
            Jobs jobs = new Jobs(Workspace.at(other)); // its process goes on
            for (JobStatus job : jobs.list()) jobs.waited(job.id(), LONGEST);
        }

        @Test
        void with_a_folder_that_is_not_there_says_so(@TempDir Path other) {
            Path absent = other.resolve("absent");
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> Workbench.start(Workspace.at(other), 0, JobProgram.words(), List.of(absent)));
            assertThat(problem.where()).isEqualTo(absent.toString());
        }

        @Test
        void on_a_damaged_queue_says_what_to_delete(@TempDir Path other) throws IOException {
            Path queue =
                    Files.createDirectories(Workspace.at(other).workbench()).resolve("queue.json");
            Files.writeString(queue, "{broken");
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> Workbench.start(Workspace.at(other), 0, JobProgram.words(), List.of()));
            assertThat(problem.where()).isEqualTo(queue.toString());
            Files.delete(queue);
            Workbench.start(Workspace.at(other), 0, JobProgram.words(), List.of())
                    .close();
        }

        @Test
        void tells_a_run_that_a_version_of_before_kept_with_one_accuracy_for_all_measures() throws Exception {
            Path old = Files.createDirectories(workspace.run("of-before-1"));
            Files.writeString(old.resolve("events.jsonl"), """
                {"event":"runStarted","number":1,"at":"2026-01-01T00:00:00Z","network":"lenet","parameters":431080,"trainPictures":640,"validationPictures":64,"epochs":1,"stepsPerEpoch":10,"seed":1,"engine":"vector","firstStep":0}
                {"event":"stepFinished","number":2,"at":"2026-01-01T00:00:01Z","epoch":1,"step":10,"loss":1.0,"accuracy":0.6,"learningRate":0.01,"imagesPerSecond":900}
                {"event":"epochFinished","number":3,"at":"2026-01-01T00:00:02Z","epoch":1,"step":10,"trainLoss":1.0,"trainAccuracy":0.6,"validationLoss":0.9,"validationAccuracy":0.7,"learningRate":0.01,"imagesPerSecond":900,"best":true}
                {"event":"runFinished","number":4,"at":"2026-01-01T00:00:03Z","outcome":"COMPLETED","epochs":1,"steps":10,"seconds":3,"imagesPerSecond":900}
                """);
            try {
                JsonNode job = server.get("/api/jobs/of-before-1").json();
                assertThat(job.path("measure").path("name").asText()).isEqualTo("accuracy");
                assertThat(job.path("measure").path("best").asDouble()).isEqualTo(0.7);
                assertThat(job.has("order")).isFalse();

                List<JsonNode> told = events("of-before-1", 4);
                assertThat(told.get(1).path("measures")).isEqualTo(accuracy("0.6"));
                assertThat(told.get(2).path("train")).isEqualTo(accuracy("0.6"));
                assertThat(told.get(2).path("validation")).isEqualTo(accuracy("0.7"));
                assertThat(told.get(3).path("seconds").asInt()).isEqualTo(3);
            } finally {
                Files.delete(old.resolve("events.jsonl"));
                Files.delete(old);
            }
        }

        private static JsonNode accuracy(String value) {
            return json("[{\"name\":\"accuracy\",\"value\":" + value + ",\"unit\":\"SHARE\",\"better\":\"HIGHER\"}]");
        }

        private static List<JsonNode> events(String id, int count) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(workbench.address().resolve("/api/jobs/" + id + "/events"))
                    .build();
            try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();
                    var lines = client.send(request, java.net.http.HttpResponse.BodyHandlers.ofLines())
                            .body()) {
                List<JsonNode> told = lines.filter(line -> line.startsWith("data:"))
                        .limit(count)
                        .map(line -> json(line.substring("data:".length())))
                        .toList();
                client.shutdownNow();
                return told;
            }
        }

        @Test
        void hides_no_run_behind_a_damaged_one() throws IOException {
            Path damaged = Files.createDirectories(workspace.run("damaged-1"));
            Files.writeString(damaged.resolve("events.jsonl"), "no event\n");
            Files.createDirectories(workspace.dataset("damaged"));
            Files.createDirectories(workspace.model("damaged").resolve("1"));
            Files.writeString(workspace.model("damaged").resolve("1/damaged.fovea"), "no model");
            try {
                assertThat(server.get("/api/jobs").json().path("jobs").findValuesAsText("job"))
                        .contains("damaged-1", "digits-perceptron-1");
                assertThat(server.get("/api/datasets").json().path("datasets").findValuesAsText("name"))
                        .isEqualTo(List.of("damaged", "digits"));
                assertThat(Set.copyOf(
                                server.get("/api/models").json().path("models").findValuesAsText("name")))
                        .contains("damaged", "digits-perceptron");
            } finally {
                Files.delete(damaged.resolve("events.jsonl"));
                Files.delete(damaged);
                Files.delete(workspace.dataset("damaged"));
                Files.delete(workspace.model("damaged").resolve("1/damaged.fovea"));
                Files.delete(workspace.model("damaged").resolve("1"));
                Files.delete(workspace.model("damaged"));
            }
        }
    }
}
