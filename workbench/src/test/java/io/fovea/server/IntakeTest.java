package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.JpegWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Pixels;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server, sent real archives; every answer is held to openapi.json. */
@DisplayName("What comes into the workbench")
class IntakeTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Workbench workbench;
    private static Asked server;

    @BeforeAll
    static void begins_with_nothing() {
        workspace = Workspace.at(folder.resolve("workspace"));
        workbench = Workbench.start(workspace, 0, JobProgram.words(), List.of(open()));
        server = new Asked(workbench.address());
    }

    private static Path open() {
        try {
            return Files.createDirectories(folder.resolve("open"));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @AfterAll
    static void ends() throws InterruptedException {
        workbench.close();
        Jobs jobs = new Jobs(workspace);
        for (JobStatus job : jobs.list()) jobs.waited(job.id(), LONGEST);
    }

    private static Path uploads() {
        return workspace.workbench().resolve("uploads");
    }

    private static List<String> kept() {
        if (!Files.isDirectory(uploads())) return List.of();
        try (Stream<Path> all = Files.list(uploads())) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static String sent(byte[] archive, String name) {
        Asked.Answer answer = server.post("/api/uploads?name=" + name, archive);
        assertThat(answer.status())
                .as(new String(answer.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return answer.json().path("folder").asText();
    }

    private static Asked.Answer look(String source) {
        return server.post("/api/looks", "{kind: import, name: new, sources: ['" + source + "']}");
    }

    private static JsonNode done(String id) {
        Instant end = Instant.now().plus(LONGEST);
        while (true) {
            JsonNode job = server.get("/api/jobs/" + id).json();
            if (job.path("state").asText().equals("done")) return job;
            assertThat(Instant.now()).as("%s", job).isBefore(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    @Nested
    @DisplayName("as a folder of classes")
    class Whole {

        @Test
        void is_unpacked_recognised_imported_seen_arriving_and_remembered() {
            String source = sent(Archives.tar(Archives.pictures(40, "cat", "dog", "owl")), "photos");
            assertThat(source).isEqualTo(uploads().resolve("photos/photos").toString());

            JsonNode look = look(source).json();
            assertThat(look.path("task").asText()).isEqualTo("classification");
            assertThat(look.path("classNames").toString()).isEqualTo("[\"cat\",\"dog\",\"owl\"]");
            assertThat(look.path("picturesPerClass").toString())
                    .isEqualTo("{\"training\":[30,30,30],\"validation\":[10,10,10],\"test\":[0,0,0]}");
            assertThat(look.path("sizes").path("smallestHeight").asInt()).isEqualTo(28);
            assertThat(look.path("samples")).hasSize(12);
            Asked.Answer sample = server.get("/api/looks/" + look.path("look").asText()
                    + "/11/picture.png?height=20&width=10&colorMode=grey&resizeMode=half_crop");
            assertThat(sample.status()).isEqualTo(200);

            String job = server.post(
                            "/api/jobs",
                            "{kind: import, name: pets, sources: ['" + source
                                    + "'], settings: {preparation: {height: 28, width: 28, colorMode: grey,"
                                    + " resizeMode: squash}, maximumPerClass: 20}}")
                    .json()
                    .path("job")
                    .asText();
            assertThat(done(job).path("result").path("pictures").toString())
                    .isEqualTo("{\"training\":45,\"validation\":15,\"test\":0}");
            assertThat(server.get("/api/jobs/" + job + "/arriving.png").status())
                    .isEqualTo(200);
            JsonNode dataset = server.get("/api/datasets/pets").json();
            assertThat(dataset.path("originals")
                            .path("common")
                            .get(0)
                            .path("pictures")
                            .asInt())
                    .isEqualTo(60);

            JsonNode recorded = server.get("/api/datasets/pets/import").json();
            assertThat(recorded.path("whole").asBoolean()).isTrue();
            assertThat(recorded.path("settings").path("maximumPerClass").asInt())
                    .isEqualTo(20);
            assertThat(recorded.path("sources").get(0).asText()).isEqualTo(source);

            server.send("DELETE", "/api/jobs/" + job, HttpRequest.BodyPublishers.noBody(), Map.of());
            JsonNode remembered = server.get("/api/datasets/pets/import").json();
            assertThat(remembered.path("whole").asBoolean()).isFalse();
            assertThat(remembered
                            .path("settings")
                            .path("preparation")
                            .path("colorMode")
                            .asText())
                    .isEqualTo("grey");
            assertThat(remembered.path("sources").get(0).asText()).isEqualTo(source);
        }

        @Test
        void is_a_zip_too_gets_a_number_and_goes_again() {
            byte[] zip = Archives.zip(Archives.pictures(3, "a", "b"));
            assertThat(sent(zip, "twice.zip")).endsWith("/twice/photos");
            assertThat(sent(zip, "twice.zip")).endsWith("/twice-2/photos");
            assertThat(server.get("/api/uploads").json().path("uploads").findValuesAsText("name"))
                    .contains("twice", "twice-2");
            for (String name : List.of("twice", "twice-2"))
                assertThat(server.send("DELETE", "/api/uploads/" + name, HttpRequest.BodyPublishers.noBody(), Map.of())
                                .status())
                        .isEqualTo(200);
            assertThat(kept()).doesNotContain("twice", "twice-2");
        }

        @Test
        void with_masks_or_numbers_is_recognised_as_such() throws IOException {
            Map<String, byte[]> masks = new LinkedHashMap<>();
            Archives.pictures(4, "x").values().forEach(png -> {
                masks.put("pictures/" + masks.size() / 2 + ".png", png);
                masks.put("masks/" + (masks.size() - 1) / 2 + ".png", png);
            });
            Archives.write(masks, open().resolve("masked"));
            assertThat(look(open().resolve("masked").toString())
                            .json()
                            .path("task")
                            .asText())
                    .isEqualTo("segmentation");

            Map<String, byte[]> points = new LinkedHashMap<>();
            Archives.pictures(4, "x").values().forEach(png -> points.put("xy_5_9_" + points.size() + ".png", png));
            Archives.write(points, open().resolve("points"));
            JsonNode numbers = look(open().resolve("points").toString()).json();
            assertThat(numbers.path("task").asText()).isEqualTo("regression");
            assertThat(numbers.path("targets").toString()).isEqualTo("[\"x\",\"y\"]");
        }

        @Test
        void with_a_list_beside_one_folder_of_pictures_is_what_the_list_says() throws IOException {
            Map<String, byte[]> files = new LinkedHashMap<>();
            StringBuilder list = new StringBuilder("path,label\n");
            Archives.pictures(8, "x").values().forEach(png -> {
                list.append("img/")
                        .append(files.size())
                        .append(".png,")
                        .append(files.size() % 2)
                        .append('\n');
                files.put("img/" + files.size() + ".png", png);
            });
            files.put("labels.csv", list.toString().getBytes(StandardCharsets.UTF_8));
            Path folder = open().resolve("beside");
            Archives.write(files, folder);
            JsonNode look = look(folder.toString()).json();
            assertThat(look.path("task").asText()).as("%s", look).isEqualTo("classification");
            assertThat(look.path("classNames").toString()).isEqualTo("[\"0\",\"1\"]");
            assertThat(look.path("usedLists").toString()).isEqualTo("[\"" + folder.resolve("labels.csv") + "\"]");
            assertThat(look(folder.resolve("labels.csv").toString()).json().path("usedLists"))
                    .isEmpty();
        }

        @Test
        void with_a_list_that_its_folders_do_not_need_offers_it() throws IOException {
            Map<String, byte[]> files = new LinkedHashMap<>(Archives.pictures(4, "cat", "dog"));
            files.put("photos/own.csv", "path,label\ncat/0.png,a\ncat/1.png,b\n".getBytes(StandardCharsets.UTF_8));
            Archives.write(files, open().resolve("both"));
            Path folder = open().resolve("both/photos");
            JsonNode look = look(folder.toString()).json();
            assertThat(look.path("classNames").toString()).isEqualTo("[\"cat\",\"dog\"]");
            assertThat(look.path("usedLists")).isEmpty();
            assertThat(look.path("lists").toString()).isEqualTo("[\"" + folder.resolve("own.csv") + "\"]");
        }

        @Test
        void of_small_pictures_that_are_all_alike_is_proposed_in_their_size() throws IOException {
            Archives.write(Archives.pictures(4, "cat", "dog"), open().resolve("alike"));
            JsonNode look = look(open().resolve("alike/photos").toString()).json();
            assertThat(look.path("preparation").path("height").asInt()).isEqualTo(224);
            assertThat(look.path("proposed").path("height").asInt()).isEqualTo(28);
            assertThat(look.path("proposed").path("width").asInt()).isEqualTo(28);
        }

        @Test
        void with_a_number_that_is_none_says_its_line_and_no_word_of_a_command_line() throws IOException {
            Map<String, byte[]> files = new LinkedHashMap<>();
            StringBuilder table = new StringBuilder("path,x,y\n");
            Archives.pictures(6, "x").values().forEach(png -> {
                table.append(files.size())
                        .append(".png,")
                        .append(files.size() == 3 ? "abc" : "1")
                        .append(",2\n");
                files.put(files.size() + ".png", png);
            });
            files.put("table.csv", table.toString().getBytes(StandardCharsets.UTF_8));
            Path folder = open().resolve("table");
            Archives.write(files, folder);
            JsonNode unclear = look(folder.toString()).json();
            assertThat(unclear.path("what").asText()).startsWith("It is not clear which column states the class");
            assertThat(unclear.path("do").asText()).isEqualTo("say what is learned: classes, numbers or masks");
            JsonNode numbers = server.post(
                            "/api/looks",
                            "{kind: import, name: x, sources: ['" + folder + "'], settings: {truth: {kind: numbers}}}")
                    .json();
            assertThat(numbers.path("what").asText()).isEqualTo("Expected a number for \"x\", found \"abc\".");
            assertThat(numbers.path("where").asText()).endsWith("table.csv, line 5");
            assertThat(numbers.path("do").asText()).isEqualTo("correct or remove the line");
        }
    }

    @Nested
    @DisplayName("that may do harm")
    class Harm {

        @ParameterizedTest
        @ValueSource(strings = {"../evil.png", "photos/../../evil.png", "/fovea-evil.png", "C:/evil.png"})
        void is_refused_where_a_name_leads_out_and_leaves_nothing(String name) {
            Map<String, byte[]> files = new LinkedHashMap<>(Archives.pictures(2, "a", "b"));
            files.put(name, new byte[] {1});
            List<String> before = kept();
            for (byte[] archive : List.of(Archives.zip(files), Archives.tar(files))) {
                Asked.Answer answer = server.post("/api/uploads?name=evil", archive);
                assertThat(answer.status()).isEqualTo(422);
                assertThat(answer.json().path("what").asText()).contains("leads out of it");
            }
            assertThat(kept()).isEqualTo(before);
            assertThat(workspace.folder().resolve("evil.png")).doesNotExist();
            assertThat(Path.of("/fovea-evil.png")).doesNotExist();
        }

        @Test
        void is_refused_where_it_is_no_archive_or_an_empty_one() {
            List<String> before = kept();
            assertThat(server.post("/api/uploads?name=x", "<script>alert(1)</script>".repeat(100))
                            .status())
                    .isEqualTo(422);
            assertThat(server.post("/api/uploads?name=x", Archives.tar(Map.of()))
                            .status())
                    .isEqualTo(422);
            assertThat(server.post("/api/uploads?name=x", Archives.zip(Map.of()))
                            .status())
                    .isEqualTo(422);
            assertThat(server.post("/api/uploads?name=x", new byte[0]).status()).isEqualTo(422);
            assertThat(kept()).isEqualTo(before);
        }

        @Test
        void is_refused_before_it_comes_where_it_says_to_be_too_large() throws IOException {
            try (Socket socket = new Socket("127.0.0.1", workbench.address().getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(head(30L << 30).getBytes(StandardCharsets.US_ASCII));
                out.flush();
                byte[] first = socket.getInputStream().readNBytes(12);
                assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
            }
        }

        @Test
        void leaves_nothing_where_it_is_cut_off() throws Exception {
            byte[] whole = Archives.tar(Archives.pictures(40, "a", "b"));
            List<String> before = kept();
            try (Socket socket = new Socket("127.0.0.1", workbench.address().getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(head(whole.length).getBytes(StandardCharsets.US_ASCII));
                out.write(whole, 0, whole.length / 2);
                out.flush();
                Thread.sleep(300);
                assertThat(kept()).hasSize(before.size() + 1); // a hidden part
            }
            Instant end = Instant.now().plus(LONGEST);
            while (kept().size() > before.size()) {
                assertThat(Instant.now()).isBefore(end);
                Thread.sleep(50);
            }
            assertThat(kept()).isEqualTo(before);
        }

        private static String head(long length) {
            return "POST /api/uploads?name=cut HTTP/1.1\r\nHost: 127.0.0.1:"
                    + workbench.address().getPort() + "\r\nContent-Length: " + length + "\r\n\r\n";
        }

        @Test
        void is_said_where_a_picture_promises_too_many_pixels() {
            Map<String, byte[]> files = new LinkedHashMap<>(Archives.pictures(3, "a", "b"));
            files.put("photos/a/bomb.png", Archives.promise(60_000));
            JsonNode look = look(sent(Archives.zip(files), "bomb")).json();
            assertThat(look.path("broken")).hasSize(1);
            assertThat(look.path("broken").get(0).path("source").asText()).endsWith("a/bomb.png");
            assertThat(look.path("broken").get(0).path("reason").asText()).contains("pixels");
        }

        @Test
        void is_said_where_a_zip_lies_in_a_zip() {
            Map<String, byte[]> files = new LinkedHashMap<>(Archives.pictures(3, "a", "b"));
            files.put("photos/more.zip", Archives.zip(Archives.pictures(3, "c")));
            JsonNode look = look(sent(Archives.zip(files), "nested")).json();
            assertThat(look.path("classNames").toString()).isEqualTo("[\"a\",\"b\"]");
            assertThat(look.path("remarks").toString()).contains("zip");
        }

        @Test
        void keeps_the_words_of_a_class_as_words() {
            String name = "<img src=x onerror=alert(1)>";
            Asked.Answer look = look(sent(Archives.tar(Archives.pictures(3, name, "b")), "words"));
            assertThat(look.json().path("classNames").get(0).asText()).isEqualTo(name);
            assertThat(look.headers().get("content-type")).startsWith("application/json");
            assertThat(look.headers()).containsEntry("x-content-type-options", "nosniff");
        }

        @Test
        void is_refused_where_two_classes_differ_only_in_case() {
            Asked.Answer look = look(sent(Archives.tar(Archives.pictures(3, "Cat", "cat")), "cases"));
            assertThat(look.status()).isEqualTo(422);
            assertThat(look.json().path("what").asText()).contains("differ only in upper and lower case");
        }

        @Test
        void says_what_is_missing_in_an_empty_folder() throws IOException {
            Path empty = Files.createDirectories(open().resolve("empty"));
            Asked.Answer look = look(empty.toString());
            assertThat(look.status()).isEqualTo(422);
            assertThat(look.json().path("what").asText()).contains("Expected pictures of at least two classes");
        }
    }

    @Nested
    @DisplayName("from folders of the machine")
    class Folders {

        private static Asked.Answer folder(String path) {
            return server.get("/api/folders?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        }

        @Test
        void is_chosen_among_the_open_ones() throws IOException {
            Files.createDirectories(open().resolve("shown/inner"));
            Files.write(open().resolve("shown/one.png"), new byte[] {1});
            Files.write(open().resolve("shown/list.csv"), new byte[] {1});
            Files.write(open().resolve("shown/notes.odt"), new byte[] {1});
            JsonNode roots = server.get("/api/folders").json();
            assertThat(roots.path("entries").findValuesAsText("path"))
                    .containsExactly(
                            workspace.folder().toRealPath().toString(),
                            open().toRealPath().toString());
            JsonNode shown = folder(open().resolve("shown").toString()).json();
            assertThat(shown.path("entries").findValuesAsText("name")).containsExactly("inner", "list.csv");
            assertThat(shown.path("pictures").asInt()).isEqualTo(1);
            assertThat(shown.path("parent").asText()).isEqualTo(open().toString());
            assertThat(folder(open().toString()).json().has("parent")).isFalse();
        }

        @Test
        void lists_nothing_outside_of_them_whatever_the_path_says() throws IOException {
            Path link = open().resolve("link");
            if (!Files.exists(link)) Files.createSymbolicLink(link, Path.of("/etc"));
            assertThat(folder(open().toString()).json().path("entries").findValuesAsText("name"))
                    .doesNotContain("link");
            for (String path : List.of("/etc", "/", "..", open() + "/../..", open() + "/link", "../../../../etc")) {
                assertThat(folder(path).status()).as(path).isEqualTo(403);
                assertThat(look(path).status()).as(path).isEqualTo(403);
            }
            assertThat(folder(open().resolve("absent").toString()).status()).isEqualTo(404);
            assertThat(folder("a\0b").status()).isBetween(400, 499);
        }
    }

    @Nested
    @DisplayName("leads out of the open folders")
    class LeadingOut {

        private Path secret() throws IOException {
            Path elsewhere = folder.resolve("elsewhere");
            Archives.write(Archives.pictures(1, "secret"), elsewhere);
            return elsewhere.resolve("photos/secret/0.png");
        }

        private static void checkBroken(JsonNode look, String name) {
            assertThat(look.path("broken")).hasSize(1);
            assertThat(look.path("broken").get(0).path("source").asText()).contains(name);
            assertThat(look.path("broken").get(0).path("reason").asText()).contains("leads out of the folders");
        }

        @Test
        void by_a_link_and_is_neither_looked_at_nor_imported() throws IOException {
            Path linked = open().resolve("linked");
            Archives.write(Archives.pictures(4, "a", "b"), linked);
            Files.createSymbolicLink(linked.resolve("photos/a/hidden.png"), secret());
            checkBroken(look(linked.toString()).json(), "hidden.png");
            String id = server.post("/api/jobs", imported("linked", linked.toString(), "settings: {}"))
                    .json()
                    .path("job")
                    .asText();
            done(id);
            try (Dataset dataset = Dataset.open(workspace.dataset("linked"))) {
                int pictures =
                        Stream.of(Split.values()).mapToInt(dataset::count).sum();
                assertThat(pictures).isEqualTo(8);
            }
        }

        @Test
        void by_a_list_that_names_a_file_by_its_path() throws IOException {
            Path listed = open().resolve("listed");
            Archives.write(Archives.pictures(4, "a", "b"), listed);
            StringBuilder list = new StringBuilder();
            for (String name : List.of("a", "b"))
                for (int i = 0; i < 4; i++) list.append("photos/%s/%d.png %s%n".formatted(name, i, name));
            list.append(secret()).append(" a\n");
            Path file = Files.writeString(listed.resolve("list.txt"), list);
            checkBroken(look(file.toString()).json(), "secret");
        }
    }

    @Nested
    @DisplayName("is looked at by a process of its own:")
    class InWorkers {

        @BeforeEach
        void only_linux_tells_of_processes_like_this() {
            assumeTrue(Files.exists(Path.of("/proc/self/cmdline")), "Only Linux tells of processes like this");
        }

        private static String told(ProcessHandle process, String what) {
            try {
                return Files.readString(
                        Path.of("/proc", Long.toString(process.pid()), what), StandardCharsets.ISO_8859_1);
            } catch (IOException gone) {
                return "";
            }
        }

        private static Stream<ProcessHandle> lookers(ProcessHandle of) {
            return of.descendants().filter(child -> told(child, "cmdline").contains("SourceLookWorker"));
        }

        @Test
        void where_that_is_killed_the_next_look_is_answered() throws IOException {
            Path place = open().resolve("again");
            Archives.write(Archives.pictures(4, "a", "b"), place);
            CompletableFuture<Integer> asked =
                    CompletableFuture.supplyAsync(() -> look(place.toString()).status());
            while (!asked.isDone()) lookers(ProcessHandle.current()).forEach(ProcessHandle::destroyForcibly);
            assertThat(asked.join()).isEqualTo(503);
            assertThat(look(place.toString()).status()).isEqualTo(200);
        }

        @Test
        void the_server_loads_nothing_that_decodes(@TempDir Path other) throws Exception {
            Path place = Workspace.at(other).folder().resolve("photos");
            for (String name : List.of("a", "b")) {
                Files.createDirectories(place.resolve(name));
                for (int i = 0; i < 4; i++)
                    Files.write(
                            place.resolve(name).resolve(i + ".jpg"),
                            JpegWriter.bytes(new Pixels(40, 30, 3, new byte[40 * 30 * 3]), 90));
            }
            ServerProgram.Started started = ServerProgram.Started.on(Workspace.at(other));
            try {
                Asked fresh = new Asked(started.address());
                JsonNode look = fresh.post("/api/looks", "{kind: import, name: new, sources: ['" + place + "']}")
                        .json();
                assertThat(look.path("samples")).isNotEmpty(); // a look ends after some seconds, whatever it saw
                String sample = "/api/looks/" + look.path("look").asText() + "/0/picture.png?height=20&width=20";
                assertThat(fresh.get(sample).status()).isEqualTo(200);
                assertThat(told(started.process().toHandle(), "maps"))
                        .contains("libjvm")
                        .doesNotContain("opencv");
                assertThat(lookers(started.process().toHandle()).map(each -> told(each, "maps")))
                        .anyMatch(maps -> maps.contains("opencv"));
            } finally {
                started.kill();
            }
        }
    }

    @Test
    void a_run_waits_for_its_import() {
        String source = sent(Archives.tar(Archives.pictures(30, "a", "b")), "late");
        String settings = "settings: {preparation: {height: 28, width: 28, colorMode: grey, resizeMode: squash}}";
        String busy = server.post("/api/jobs", imported("busy", source, settings))
                .json()
                .path("job")
                .asText();
        String late = server.post("/api/jobs", imported("late", source, settings))
                .json()
                .path("job")
                .asText();
        assertThat(server.get("/api/imports").json().path("imports").findValuesAsText("name"))
                .contains("late");
        String run = server.post(
                        "/api/jobs",
                        "{kind: train, data: late, network: perceptron, settings: {epochs: 1, seed: 1}, after: [" + late
                                + "]}")
                .json()
                .path("job")
                .asText();
        done(busy);
        done(run);
        assertThat(server.get("/api/imports").json().path("imports")).isEmpty();
    }

    private static String imported(String name, String source, String settings) {
        return "{kind: import, name: " + name + ", sources: ['" + source + "'], " + settings + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/looks/999/0/picture.png",
                "/api/looks/..%2f..%2fetc/0/picture.png",
                "/api/looks/1/-1/picture.png",
                "/api/looks/1/0/picture.png?height=0",
                "/api/looks/1/0/picture.png?resizeMode=stretch",
                "/api/looks/1/0/picture.png?width=..%2f",
                "/api/datasets/nothing/import",
                "/api/datasets/..%2f..%2fetc/import",
                "/api/jobs/..%2f..%2fetc/arriving.png"
            })
    void a_wrong_address_is_refused(String path) {
        assertThat(server.get(path).status()).isBetween(400, 499);
    }

    @Test
    void an_upload_that_is_not_there_is_not_deleted() {
        for (String name : List.of("nothing", "..%2f..%2fworkbench", "..", ".part-1", "%2e%2e"))
            assertThat(server.send("DELETE", "/api/uploads/" + name, HttpRequest.BodyPublishers.noBody(), Map.of())
                            .status())
                    .as(name)
                    .isBetween(400, 499);
        assertThat(workspace.workbench()).exists();
    }

    @Test
    void an_upload_may_be_called_anything_and_stays_inside() {
        byte[] tar = Archives.tar(Archives.pictures(2, "a", "b"));
        for (String name : List.of("..%2f..%2fescape", "%2e%2e", "%00", "x".repeat(500), "", "a%2f..%2f..%2fb"))
            assertThat(Path.of(sent(tar, name)).startsWith(uploads())).as(name).isTrue();
    }
}
