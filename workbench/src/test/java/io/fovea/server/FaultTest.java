package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.collection.GeneratedDigits;
import io.fovea.event.Event;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent;
import io.fovea.job.Job;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong outside of the program: processes that are killed, disks that fill, connections that flood or drip. */
@DisplayName("The workbench")
@Timeout(300)
class FaultTest {

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Workbench workbench;

    @BeforeAll
    static void has_drawn_digits() {
        workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(24, 4, 1).write(folder.resolve("idx"));
        new Jobs(workspace).run(Job.Import.of("digits", folder.resolve("idx").toString()));
        workbench = Workbench.start(workspace, 0, JobProgram.words(), List.of());
    }

    @AfterAll
    static void ends() throws InterruptedException {
        if (workbench == null) return;
        workbench.close();
        stopAll(workspace);
    }

    private static void stopAll(Workspace place) throws InterruptedException {
        Jobs jobs = new Jobs(place);
        for (JobStatus job : jobs.list()) if (jobs.stop(job.id())) jobs.waited(job.id(), Duration.ofMinutes(1));
    }

    private static Asked asked() {
        return new Asked(workbench.address());
    }

    private static String train(int epochs, int seed) {
        return "{kind: train, data: digits, network: perceptron, settings: {epochs: " + epochs + ", seed: " + seed
                + "}}";
    }

    private static String begin(Asked server, int epochs, int seed) {
        return server.post("/api/jobs", train(epochs, seed)).json().path("job").asText();
    }

    private static JsonNode until(Asked server, String id, Predicate<JsonNode> wanted) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            JsonNode job = server.get("/api/jobs/" + id).json();
            if (wanted.test(job)) return job;
            assertThat(Instant.now()).as("%s", job).isBefore(end);
            Thread.sleep(50);
        }
    }

    private static Predicate<JsonNode> state(String word) {
        return job -> job.path("state").asText().equals(word);
    }

    /** Every number once, from the first on. */
    private static void checkNumbers(Workspace place, String id) {
        List<Long> numbers =
                new Jobs(place).events(id, 0).stream().map(Event::number).toList();
        assertThat(numbers)
                .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) Files.createDirectories(target);
                else Files.copy(each, target);
            }
        }
    }

    @Nested
    @DisplayName("that is killed in the middle")
    class Killed {

        private Workspace place;

        private Asked start(List<ServerProgram.Started> started) throws IOException {
            started.add(ServerProgram.Started.on(place));
            return new Asked(started.getLast().address());
        }

        @Test
        void finds_its_runs_again_and_nothing_is_lost_or_doubled(@TempDir Path other) throws Exception {
            place = Workspace.at(other);
            copy(workspace.dataset("digits"), place.dataset("digits"));
            List<ServerProgram.Started> started = new ArrayList<>();
            try {
                Asked server = start(started);
                String first = begin(server, 100_000, 1);
                String second = begin(server, 2, 2);
                until(server, first, job -> job.path("events").asInt() > 5);
                started.getLast().kill();
                int told = new Jobs(place).events(first, 0).size();

                server = start(started); // the lock fell with the process, the run did not
                JsonNode learning =
                        server.get("/api/queue").json().path("lanes").get(0);
                assertThat(learning.path("running").asText()).isEqualTo(first);
                assertThat(learning.path("waiting").get(0).asText()).isEqualTo(second);
                until(server, first, job -> job.path("events").asInt() > told + 5);
                assertThat(server.post("/api/jobs/" + first + "/stop", "").status())
                        .isEqualTo(202);
                until(server, first, state("stopped"));
                until(server, second, state("done"));
                checkNumbers(place, first);
                checkNumbers(place, second);
                assertThat(place.names(Shelf.RUNS)).containsExactlyInAnyOrder(first, second);
            } finally {
                for (ServerProgram.Started each : started) each.kill();
                stopAll(place);
            }
        }
    }

    @Test
    void tells_of_a_run_whose_process_was_killed_and_goes_on_with_it() throws Exception {
        Asked server = asked();
        String id = begin(server, 100_000, 3);
        until(server, id, job -> job.path("events").asInt() > 5);
        long pid = new ObjectMapper()
                .readTree(workspace.workbench().resolve("queue.json").toFile())
                .path("turns")
                .get(0)
                .path("pid")
                .asLong();
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
        JsonNode stopped = until(server, id, state("stopped"));
        int told = stopped.path("events").asInt();
        assertThat(server.post("/api/jobs/" + id + "/go-on", "").status()).isEqualTo(202);
        until(
                server,
                id,
                job -> job.path("state").asText().equals("running")
                        && job.path("events").asInt() > told + 5);
        server.post("/api/jobs/" + id + "/stop", "");
        until(server, id, state("stopped"));
        checkNumbers(workspace, id);
    }

    @Nested
    @DisplayName("on a disk that fills during a training")
    class FullDisk {

        private boolean command(String... words) throws Exception {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        }

        @Test
        void says_so_goes_on_answering_and_the_run_goes_on_once_there_is_room() throws Exception {
            Path small = Files.createDirectories(folder.resolve("small-disk"));
            assumeTrue(
                    command("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", small.toString()),
                    "A small disk cannot be mounted here: only root may");
            Workspace place = Workspace.at(small.resolve("workspace"));
            try {
                copy(workspace.dataset("digits"), place.dataset("digits"));
                try (Workbench full = Workbench.start(place, 0, JobProgram.words(), List.of())) {
                    Asked server = new Asked(full.address());
                    String id = begin(server, 3_000, 1);
                    until(server, id, job -> job.path("events").asInt() > 5);
                    Path filler = fill(small);
                    JsonNode failed = until(server, id, job -> !state("running").test(job));
                    assertThat(failed.path("state").asText()).isIn("failed", "stopped");
                    for (String path : List.of("/api/jobs", "/api/datasets/digits", "/api/queue"))
                        assertThat(server.get(path).status()).isEqualTo(200);
                    Asked.Answer refused = server.post("/api/jobs", train(2, 9));
                    assertThat(refused.status()).isEqualTo(422);
                    assertThat(refused.json().path("what").asText()).containsIgnoringCase("no space left");
                    assertThat(place.names(Shelf.RUNS)).containsExactly(id);
                    Files.delete(filler);

                    assertThat(server.post("/api/jobs/" + id + "/go-on", "").status())
                            .isEqualTo(202);
                    int told = failed.path("events").asInt();
                    until(server, id, job -> job.path("events").asInt() > told + 5);
                    server.post("/api/jobs/" + id + "/stop", "");
                    until(
                            server,
                            id,
                            job -> state("stopped").test(job) || state("done").test(job));
                    checkNumbers(place, id);
                }
            } finally {
                stopAll(place);
                command("umount", "-l", small.toString());
            }
        }

        private Path fill(Path disk) throws IOException {
            Path filler = disk.resolve("filler");
            try (OutputStream out = Files.newOutputStream(filler)) {
                byte[] piece = new byte[4096];
                while (true) out.write(piece);
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("No space left");
            }
            return filler;
        }
    }

    @Nested
    @DisplayName("cuts off")
    class CutOff {

        private Socket open() throws IOException {
            Socket socket = new Socket("127.0.0.1", workbench.address().getPort());
            socket.setSoTimeout(60_000);
            return socket;
        }

        private void say(Socket socket, String words) throws IOException {
            socket.getOutputStream()
                    .write(words.replace(
                                    "HOST", "127.0.0.1:" + workbench.address().getPort())
                            .getBytes(StandardCharsets.US_ASCII));
        }

        private String status(Socket socket) throws IOException {
            byte[] line = socket.getInputStream().readNBytes(12);
            return new String(line, StandardCharsets.US_ASCII).replace("HTTP/1.1 ", "");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/api/jobs", "/api/models/digits-perceptron/predict", "/api/notes/datasets/digits"})
        void ten_gigabytes_before_they_are_sent(String path) throws IOException {
            try (Socket socket = open()) {
                String method = path.contains("notes") ? "PUT " : "POST ";
                say(socket, method + path + " HTTP/1.1\r\nHost: HOST\r\nContent-Length: 10737418240\r\n\r\n");
                assertThat(status(socket)).isIn("413", "404");
            }
        }

        @Test
        void a_body_that_does_not_tell_its_length_at_the_limit() throws IOException {
            long sent = 0;
            String status = "";
            try (Socket socket = open()) {
                say(socket, "POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n");
                byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                try {
                    for (; sent < 10L << 30 && socket.getInputStream().available() == 0; sent += 0x10000)
                        socket.getOutputStream().write(chunk);
                    status = status(socket);
                } catch (SocketException closed) {
                    status = "closed";
                }
            }
            assertThat(status).isIn("413", "closed");
            assertThat(sent).isLessThan(64L << 20);
        }

        @Test
        void a_body_that_drips() throws Exception {
            try (Socket socket = open()) {
                say(socket, "POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nContent-Length: 100000\r\n\r\n");
                Instant begin = Instant.now();
                while (socket.getInputStream().available() == 0) {
                    say(socket, "x");
                    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
                    Thread.sleep(200);
                }
                assertThat(status(socket)).isEqualTo("408");
            }
        }
    }

    @Nested
    @DisplayName("refuses so that whoever reads only after sending all is told why:")
    class Told {

        private String answer(String path, int bytes) throws IOException {
            try (Socket socket = new Socket("127.0.0.1", workbench.address().getPort())) {
                socket.setSoTimeout(60_000);
                OutputStream out = socket.getOutputStream();
                String host = "127.0.0.1:" + workbench.address().getPort();
                out.write(("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\nContent-Length: "
                                + bytes + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                byte[] piece = new byte[1 << 16];
                java.util.Arrays.fill(piece, (byte) 'x');
                for (int left = bytes; left > 0; left -= piece.length)
                    out.write(piece, 0, Math.min(left, piece.length));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        @Test
        void a_picture_that_is_too_large() throws IOException {
            String answer = answer("/api/pictures", Body.MOST_BYTES + 1);
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"what\":\"The body is longer than 32 MB.\"");
        }

        @Test
        void an_upload_that_is_no_archive() throws IOException {
            String answer = answer("/api/uploads?name=x", 64 << 20);
            assertThat(answer)
                    .startsWith("HTTP/1.1 422 ")
                    .contains("\"what\":\"")
                    .endsWith("}");
        }

        @Test
        void a_place_that_there_is_not() throws IOException {
            assertThat(answer("/api/models/nothing/predict", Body.MOST_BYTES))
                    .startsWith("HTTP/1.1 404 ")
                    .endsWith("}");
        }
    }

    @Nested
    @DisplayName("lets go of a reader of events who does not read")
    class Stalled {

        private static final int EVENTS = 400;
        private static final String ESTABLISHED = "01";

        /** More than the buffers of both ends hold. */
        private static String longRun() throws IOException {
            Path run = Files.createDirectories(workspace.run("long-1"));
            try (EventLog log = new EventLog(run.resolve("events.jsonl"))) {
                for (int i = 0; i < EVENTS; i++)
                    log.on(new JobEvent.Noted(log.nextNumber(), Instant.EPOCH, "x".repeat(100_000)));
            }
            return "GET /api/jobs/long-1/events HTTP/1.1\r\nHost: 127.0.0.1:"
                    + workbench.address().getPort() + "\r\n\r\n";
        }

        private static boolean isHeld(Socket reader) throws IOException {
            String ends = String.format(
                    ":%04X .*:%04X " + ESTABLISHED, workbench.address().getPort(), reader.getLocalPort());
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6"))
                for (String line : Files.readAllLines(Path.of(table)))
                    if (line.matches(".*" + ends + " .*")) return true;
            return false;
        }

        @Test
        void and_goes_on_with_the_others() throws Exception {
            assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "Only Linux tells of connections like this");
            String request = longRun();
            try (Socket stalled = new Socket();
                    Socket reading = new Socket("127.0.0.1", workbench.address().getPort())) {
                stalled.setReceiveBufferSize(4096);
                stalled.connect(
                        new InetSocketAddress("127.0.0.1", workbench.address().getPort()));
                stalled.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                reading.setSoTimeout(60_000);
                reading.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                java.util.Scanner told = new java.util.Scanner(reading.getInputStream(), StandardCharsets.US_ASCII);
                assertThat(told.findWithinHorizon("\nid: " + EVENTS + "\n", 0)).isNotNull();
                assertThat(isHeld(stalled)).isTrue();
                Instant end = Instant.now().plus(Duration.ofMinutes(3));
                while (isHeld(stalled)) {
                    assertThat(Instant.now()).isBefore(end);
                    assertThat(asked().get("/api/queue").status()).isEqualTo(200);
                    Thread.sleep(200);
                }
                assertThat(isHeld(reading)).isTrue();
            }
        }
    }

    @Nested
    @DisplayName("goes on answering")
    class Flood {

        @Test
        void beside_ten_thousand_connections_that_say_nothing() throws Exception {
            List<SocketChannel> idle = new ArrayList<>();
            try {
                InetSocketAddress place =
                        new InetSocketAddress("127.0.0.1", workbench.address().getPort());
                for (int i = 0; i < 10_000; i++) {
                    SocketChannel channel = SocketChannel.open();
                    idle.add(channel);
                    channel.configureBlocking(false);
                    channel.connect(place);
                    if (i % 500 == 0) Thread.sleep(20);
                }
                Instant begin = Instant.now();
                assertThat(asked().get("/api/jobs").status()).isEqualTo(200);
                assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(60));
            } catch (SocketException tooMany) {
                assumeTrue(false, "This process may not open so many connections: " + tooMany.getMessage());
            } finally {
                for (SocketChannel channel : idle) channel.close();
            }
            assertThat(asked().get("/api/jobs").status()).isEqualTo(200);
        }

        @Test
        void beside_more_readers_of_events_than_it_takes() throws Exception {
            Asked server = asked();
            String id = begin(server, 2, 5);
            until(server, id, state("done"));
            List<Socket> readers = new ArrayList<>();
            int taken = 0;
            int refused = 0;
            try {
                for (int i = 0; i < 260; i++) {
                    Socket socket = new Socket("127.0.0.1", workbench.address().getPort());
                    readers.add(socket);
                    socket.getOutputStream()
                            .write(("GET /api/jobs/" + id + "/events HTTP/1.1\r\nHost: 127.0.0.1:"
                                            + workbench.address().getPort() + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    InputStream in = socket.getInputStream();
                    String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
                    if (status.endsWith("200")) taken++;
                    if (status.endsWith("503")) refused++;
                }
                assertThat(taken).isEqualTo(200);
                assertThat(refused).isEqualTo(60);
                Instant begin = Instant.now();
                assertThat(server.get("/api/jobs").status()).isEqualTo(200);
                assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
            } finally {
                for (Socket reader : readers) reader.close();
            }
            Instant end = Instant.now().plus(Duration.ofSeconds(60));
            while (opens(id) != 200) {
                assertThat(Instant.now()).isBefore(end);
                Thread.sleep(500);
            }
        }

        private int opens(String id) throws IOException {
            try (Socket socket = new Socket("127.0.0.1", workbench.address().getPort())) {
                socket.getOutputStream()
                        .write(("GET /api/jobs/" + id + "/events HTTP/1.1\r\nHost: 127.0.0.1:"
                                        + workbench.address().getPort() + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                return Integer.parseInt(status.substring(9));
            }
        }
    }

    @Nested
    @DisplayName("lets nobody ask")
    class Inside {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1:7070/api/weights.pth",
                    "http://localhost/weights.pth",
                    "http://[::1]/weights.pth",
                    "http://169.254.169.254/latest/weights.pth",
                    "http://10.0.0.1/weights.pth"
                })
        void this_machine_or_its_network_for_weights(String address) {
            for (String job : List.of(
                    "{kind: importWeights, name: stolen, source: '" + address + "'}",
                    "{kind: recipe, name: many, jobs: [{kind: importWeights, name: stolen, source: '" + address
                            + "'}]}")) {
                Asked.Answer answer = asked().post("/api/jobs", job);
                assertThat(answer.status()).as("%s", answer.json()).isEqualTo(403);
                assertThat(answer.json().path("what").asText()).contains("public");
            }
            assertThat(workspace.names(Shelf.RUNS)).noneMatch(run -> run.contains("stolen") || run.contains("many"));
        }
    }

    @Nested
    @DisplayName("on a workspace")
    class OfAnotherVersion {

        @Test
        void of_the_version_before_shows_its_runs_and_says_how_to_go_on() throws Exception {
            Asked server = asked();
            String id = begin(server, 2, 11);
            until(server, id, state("done"));
            Path before = workspace.run("before-1");
            copy(workspace.run(id), before);
            Files.delete(before.resolve("job.yaml"));
            Files.delete(before.resolve("result.json"));
            assertThat(server.get("/api/jobs/before-1").json().path("kind").asText())
                    .isEqualTo("train");
            Asked.Answer refused = server.post("/api/jobs/before-1/go-on", "");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().path("what").asText()).contains("an earlier version");
            assertThat(refused.json().path("do").asText()).contains("again");
        }

        @Test
        void of_a_later_version_hides_nothing_and_refuses_what_it_does_not_know() throws Exception {
            Path later = Files.createDirectories(workspace.run("later-1"));
            Files.writeString(later.resolve("job.yaml"), "version: 99\nkind: dream\nof: sheep\n");
            Files.writeString(
                    later.resolve("events.jsonl"),
                    "{\"event\":\"dreamt\",\"number\":1,\"at\":\"2031-01-01T00:00:00Z\"}\n");
            Asked server = asked();
            assertThat(server.get("/api/jobs").json().path("jobs").findValuesAsText("job"))
                    .contains("later-1");
            Asked.Answer refused = server.post("/api/jobs/later-1/go-on", "");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().path("where").asText()).contains("later-1");
            assertThat(Files.readString(later.resolve("job.yaml"))).contains("sheep");
            Files.delete(later.resolve("job.yaml"));
            Files.delete(later.resolve("events.jsonl"));
        }
    }

    @Test
    void shows_nothing_of_a_class_name_or_a_picture_as_a_page(@TempDir Path pictures) throws Exception {
        String evil = "<img src=x onerror=alert(1)>";
        for (String name : List.of(evil, "plain")) {
            Path of = Files.createDirectories(pictures.resolve("set").resolve(name));
            for (int i = 0; i < 5; i++)
                Files.write(
                        of.resolve("<svg onload=alert(2)> " + i + ".png"),
                        PictureWithWords.png(i, "<script>alert(3)</script>"));
        }
        new Jobs(workspace).run(Job.Import.of("evil", pictures.resolve("set").toString()));
        Asked server = asked();
        for (String path : List.of(
                "/api/datasets",
                "/api/datasets/evil",
                "/api/datasets/evil/training",
                "/api/datasets/evil/training/0")) {
            Asked.Answer answer = server.get(path);
            assertThat(answer.headers().get("content-type")).isEqualTo("application/json");
            assertThat(answer.headers()).containsEntry("x-content-type-options", "nosniff");
        }
        assertThat(server.get("/api/datasets/evil").json().toString()).contains(evil);
        byte[] shown = server.get("/api/datasets/evil/training/0/picture.png").bytes();
        assertThat(new String(shown, StandardCharsets.ISO_8859_1)).doesNotContain("script");
        Asked.Answer nowhere = server.get("/api/datasets/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        assertThat(nowhere.headers().get("content-type")).isEqualTo("application/problem+json");
        assertThat(Optional.ofNullable(nowhere.headers().get("content-security-policy")))
                .isPresent();
    }
}
