package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.collection.GeneratedDigits;
import io.fovea.fetch.WebReach;
import io.fovea.job.Job;
import io.fovea.note.Postgres;
import io.fovea.problem.Problem;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server for several people, on all addresses of this machine, with PostgreSQL where that can be had. */
@DisplayName("A workbench that several people share")
class SharedWorkbenchTest {

    private static final String ANNA = "anna-has-a-long-token";
    private static final String BEN = "ben-has-another-token";

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Postgres postgres;
    private static Workbench workbench;
    private static Asked anna;
    private static Asked ben;
    private static Asked nobody;

    @BeforeAll
    static void starts() throws Exception {
        workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(24, 4, 1).write(folder.resolve("idx"));
        new Jobs(workspace).run(Job.Import.of("digits", folder.resolve("idx").toString())); // at the terminal: nobody's
        postgres = Postgres.startedIn(folder.resolve("postgres"));
        workbench = Workbench.start(workspace, JobProgram.words(), shared(Optional.of(postgres.database("fovea"))));
        anna = by(ANNA);
        ben = by(BEN);
        nobody = new Asked(here());
    }

    @AfterAll
    static void ends() throws Exception {
        if (workbench == null) return;
        workbench.close();
        Jobs jobs = new Jobs(workspace);
        for (JobStatus job : jobs.list()) if (jobs.stop(job.id())) jobs.waited(job.id(), Duration.ofMinutes(1));
        postgres.close();
    }

    private static ServerSettings shared(Optional<String> databaseUrl) throws IOException {
        Path tokens = folder.resolve("tokens.txt");
        Files.writeString(tokens, "# who may ask\nanna " + ANNA + "\n\nben\t" + BEN + "\n");
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
        return new ServerSettings(
                "0.0.0.0",
                0,
                List.of("workbench.school.example"),
                List.of(),
                WebReach.OFF,
                Optional.empty(),
                Optional.of(tokens),
                databaseUrl);
    }

    private static URI here() {
        return URI.create("http://127.0.0.1:" + workbench.address().getPort());
    }

    private static Asked by(String token) {
        return new Asked(here(), Map.of("Authorization", "Bearer " + token));
    }

    private static String train(String name, int epochs) {
        return "{kind: train, data: digits, network: perceptron, name: " + name + ", settings: {epochs: " + epochs
                + ", seed: 1}}";
    }

    private static void until(String id, String state) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            JsonNode job = anna.get("/api/jobs/" + id).json();
            if (job.path("state").asText().equals(state)) return;
            assertThat(Instant.now()).as("%s", job).isBefore(end);
            Thread.sleep(50);
        }
    }

    @Nested
    @DisplayName("answers")
    class Answers {

        @Test
        void who_shows_a_token_and_knows_the_name() {
            assertThat(anna.get("/api/workspace").json().path("visitor").asText())
                    .isEqualTo("anna");
            assertThat(ben.get("/api/workspace").json().path("visitor").asText())
                    .isEqualTo("ben");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api/workspace",
                    "/api/openapi.json",
                    "/api/jobs",
                    "/api/datasets/digits/mean.png",
                    "/api/queue",
                    "/api/notes/runs"
                })
        void nobody_else(String path) {
            Asked.Answer answer = nobody.get(path);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers()).containsEntry("www-authenticate", "Bearer");
            assertThat(answer.json().path("do").asText()).contains("/sign-in", "Authorization: Bearer TOKEN");
        }

        @Test
        void about_prediction_servers_of_this_machine_only() {
            assertThat(anna.get("/api/prediction-server?address=http://192.0.2.1")
                            .json()
                            .path("what")
                            .asText())
                    .contains("another machine");
        }

        @Test
        void nobody_who_would_change_something() {
            assertThat(nobody.post("/api/jobs", train("nobodys", 1)).status()).isEqualTo(401);
            assertThat(nobody.put("/api/notes/datasets/digits", "{\"tags\":[],\"text\":\"x\"}")
                            .status())
                    .isEqualTo(401);
            assertThat(workspace.names(io.fovea.workspace.Shelf.RUNS)).noneMatch(run -> run.startsWith("nobodys"));
        }

        @Test
        void by_names_that_are_its_own_only() throws Exception {
            assertThat(statusOf("Host: workbench.school.example")).isEqualTo(200);
            assertThat(statusOf("Host: 127.0.0.1:" + here().getPort())).isEqualTo(200);
            assertThat(statusOf("Host: 192.168.7.7")).isEqualTo(200); // nobody can point digits elsewhere
            assertThat(statusOf("Host: evil.example")).isEqualTo(403);
            assertThat(statusOf("Host: workbench.school.example.evil.example")).isEqualTo(403);
            assertThat(statusOf("Host: 127.0.0.1.evil.example")).isEqualTo(403);
            assertThat(statusOf("Host: workbench.school.example\r\nOrigin: https://workbench.school.example"))
                    .isEqualTo(200);
            assertThat(statusOf("Host: 127.0.0.1\r\nOrigin: https://workbench.school.example"))
                    .isEqualTo(200);
            assertThat(statusOf("Host: 127.0.0.1\r\nOrigin: http://127.0.0.2")).isEqualTo(403);
            assertThat(statusOf("Host: 127.0.0.1\r\nOrigin: null")).isEqualTo(403);
        }

        private static int statusOf(String headers) throws IOException {
            try (java.net.Socket socket = new java.net.Socket("127.0.0.1", here().getPort())) {
                String request = "GET /api/jobs HTTP/1.1\r\nAuthorization: Bearer " + ANNA + "\r\n" + headers
                        + "\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return Integer.parseInt(answer.substring(9, 12));
            }
        }
    }

    @Nested
    @DisplayName("lets a browser sign in")
    class Browser {

        private final HttpClient client = HttpClient.newHttpClient();

        private HttpResponse<String> get(String path, String... headers) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(here().resolve(path));
            if (headers.length > 0) request.headers(headers);
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        private HttpResponse<String> signIn(String token, String to, String... headers) throws Exception {
            String form = "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&to="
                    + URLEncoder.encode(to, StandardCharsets.UTF_8);
            HttpRequest.Builder request = HttpRequest.newBuilder(here().resolve("/sign-in"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
            if (headers.length > 0) request.headers(headers);
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        private static String header(HttpResponse<?> answer, String name) {
            return answer.headers().firstValue(name).orElse("");
        }

        private String cookie() throws Exception {
            return header(signIn(ANNA, "/"), "set-cookie").replaceFirst(";.*", "");
        }

        @Test
        void and_leads_back_to_where_it_was() throws Exception {
            HttpResponse<String> asked = get("/runs/a-1?tab=log");
            assertThat(asked.statusCode()).isEqualTo(302);
            assertThat(header(asked, "location")).isEqualTo("/sign-in?to=%2Fruns%2Fa-1%3Ftab%3Dlog");
            HttpResponse<String> page = get("/sign-in?to=%2Fruns%2Fa-1%3Ftab%3Dlog");
            assertThat(page.body()).contains("name=\"to\" value=\"/runs/a-1?tab=log\"");
            assertThat(header(page, "content-security-policy"))
                    .contains("form-action 'self'", "default-src 'none'")
                    .doesNotContain("unsafe");
            HttpResponse<String> done = signIn(ANNA, "/runs/a-1?tab=log");
            assertThat(done.statusCode()).isEqualTo(303);
            assertThat(header(done, "location")).isEqualTo("/runs/a-1?tab=log");
            assertThat(header(done, "set-cookie"))
                    .contains("HttpOnly", "SameSite=Strict", "Path=/")
                    .doesNotContain(ANNA);
        }

        @Test
        void that_then_asks_by_its_cookie() throws Exception {
            assertThat(get("/api/workspace", "Cookie", cookie()).body()).contains("\"visitor\":\"anna\"");
            assertThat(get("/", "Cookie", cookie()).statusCode()).isEqualTo(200);
        }

        @Test
        void whose_cookie_stands_over_a_new_start_and_cannot_be_forged() throws Exception {
            String cookie = cookie();
            String word = cookie.substring(cookie.indexOf('=') + 1);
            Tokens tokens = Tokens.in(folder.resolve("tokens.txt"));
            assertThat(tokens.signedIn(word, Instant.now())).contains("anna");
            assertThat(tokens.signedIn(word, Instant.now().plus(Duration.ofDays(8))))
                    .isEmpty();
            for (String forged : List.of(
                    word.replace("anna", "ben"), word.replaceFirst(":[0-9]", ":9"), "anna:99999999999:", "a:b:c", "")) {
                assertThat(tokens.signedIn(forged, Instant.now())).as(forged).isEmpty();
                assertThat(get("/api/workspace", "Cookie", cookie.substring(0, cookie.indexOf('=') + 1) + forged)
                                .statusCode())
                        .isEqualTo(401);
            }
            assertThat(Tokens.of("anna", "another-token-of-anna").signedIn(word, Instant.now()))
                    .isEmpty();
        }

        @Test
        void whose_changes_must_come_from_a_page_of_this_server() throws Exception {
            for (String[] origin : new String[][] {
                {},
                {"Origin", "https://evil.example"},
                {"Origin", "null"},
                {"Origin", here().toString(), "Sec-Fetch-Site", "cross-site"}
            }) {
                HttpRequest.Builder request = HttpRequest.newBuilder(here().resolve("/api/jobs"))
                        .header("Cookie", cookie())
                        .POST(HttpRequest.BodyPublishers.ofString(train("forged", 1)));
                if (origin.length > 0) request.headers(origin);
                assertThat(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(403);
            }
            HttpRequest own = HttpRequest.newBuilder(here().resolve("/api/jobs/none-1/stop"))
                    .headers("Cookie", cookie(), "Origin", here().toString())
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(own, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""})
        void and_leads_nowhere_else(String to) throws Exception {
            assertThat(header(signIn(ANNA, to), "location")).isEqualTo("/");
        }

        @Test
        void and_shows_nothing_of_an_address_as_a_page() throws Exception {
            assertThat(get("/sign-in?to=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
                            .body())
                    .contains("&quot;&gt;&lt;script&gt;")
                    .doesNotContain("<script");
        }

        @Test
        void by_a_link_from_elsewhere_to_a_page_that_holds_nothing() throws Exception {
            HttpResponse<String> page = get("/runs/a-1", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<!doctype html>");
        }

        @Test
        void and_out() throws Exception {
            HttpRequest out = HttpRequest.newBuilder(here().resolve("/sign-out"))
                    .headers("Cookie", cookie(), "Origin", here().toString())
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> answer = client.send(out, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(header(answer, "set-cookie")).contains("=; ", "Expires=Thu, 01 Jan 1970");
        }

        @Test
        void and_ends_a_form_that_is_too_long() throws Exception {
            // the server ends the connection while the form is being sent, which may reach the client before the answer
            // does
            for (int tries = 1; ; tries++) {
                try {
                    assertThat(signIn("x".repeat(20_000), "/").statusCode()).isEqualTo(413);
                    return;
                } catch (IOException ended) {
                    assertThat(tries).isLessThan(10);
                }
            }
        }
    }

    @Nested
    @DisplayName("keeps who owns what")
    class Ownership {

        @Test
        void and_lets_only_the_owner_stop_or_go_on_with_a_run() throws Exception {
            String id = anna.post("/api/jobs", train("annas", 100_000))
                    .json()
                    .path("job")
                    .asText();
            assertThat(anna.get("/api/owners/runs")
                            .json()
                            .path("owners")
                            .path(id)
                            .asText())
                    .isEqualTo("anna");
            assertThat(ben.get("/api/owners/models")
                            .json()
                            .path("owners")
                            .path("annas")
                            .asText())
                    .isEqualTo("anna");
            until(id, "running");
            Asked.Answer refused = ben.post("/api/jobs/" + id + "/stop", "");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("what").asText()).isEqualTo("This run belongs to anna.");
            assertThat(anna.post("/api/jobs/" + id + "/stop", "").status()).isEqualTo(202);
            until(id, "stopped");
            assertThat(ben.post("/api/jobs/" + id + "/go-on", "").status()).isEqualTo(403);
            // The same words go on with the same run, and it stays hers.
            assertThat(ben.post("/api/jobs", train("annas", 100_000))
                            .json()
                            .path("job")
                            .asText())
                    .isEqualTo(id);
            assertThat(ben.post("/api/jobs/" + id + "/stop", "").status()).isEqualTo(403);
            until(id, "running");
            assertThat(anna.post("/api/jobs/" + id + "/stop", "").status()).isEqualTo(202);
            until(id, "stopped");
        }

        @Test
        void and_leaves_what_was_made_at_the_terminal_to_the_terminal() {
            Asked.Answer refused = ben.post(
                    "/api/jobs",
                    "{kind: import, name: digits, replace: true, sources: ['" + workspace.folder() + "/idx']}");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("what").asText()).isEqualTo("This dataset was made on the machine itself.");
        }

        @Test
        void while_the_database_is_away_pages_go_on_and_what_needs_it_says_so() throws Exception {
            String note = "{\"tags\":[\"kept\"],\"text\":\"before\"}";
            assertThat(anna.put("/api/notes/datasets/digits", note).status()).isEqualTo(200);
            postgres.stop();
            try {
                assertThat(anna.get("/api/jobs").status()).isEqualTo(200);
                assertThat(anna.get("/api/datasets/digits").status()).isEqualTo(200);
                for (Asked.Answer answer : List.of(
                        anna.get("/api/notes/datasets"),
                        anna.put("/api/notes/datasets/digits", note),
                        anna.post("/api/jobs", train("unowned", 1)))) {
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.json().path("do").asText()).contains("check that the PostgreSQL server runs");
                    assertThat(answer.json().toString()).doesNotContain("open-sesame");
                }
                assertThat(anna.get("/api/jobs").json().path("jobs").findValuesAsText("job"))
                        .doesNotContain("unowned-1");
            } finally {
                postgres.start();
            }
            assertThat(anna.get("/api/notes/datasets")
                            .json()
                            .path("notes")
                            .path("digits")
                            .path("text")
                            .asText())
                    .isEqualTo("before");
        }
    }

    @Nested
    @DisplayName("started")
    class Started {

        @Test
        void for_one_person_makes_a_token_and_lets_that_one_change_everything(@TempDir Path other) {
            try (Workbench alone = Workbench.start(
                    Workspace.at(other),
                    JobProgram.words(),
                    new ServerSettings(
                            "0.0.0.0",
                            0,
                            List.of(),
                            List.of(),
                            WebReach.OFF,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()))) {
                String token = alone.madeToken().orElseThrow();
                assertThat(token).hasSize(32);
                URI here = URI.create("http://127.0.0.1:" + alone.address().getPort());
                assertThat(new Asked(here).get("/api/jobs").status()).isEqualTo(401);
                Asked one = new Asked(here, Map.of("Authorization", "Bearer " + token));
                assertThat(one.get("/api/jobs").status()).isEqualTo(200);
                assertThat(alone.address().getHost()).isNotEqualTo("0.0.0.0");
            }
        }

        @Test
        void refuses_an_address_after_ten_wrong_tokens_for_a_while(@TempDir Path other) {
            ServerSettings settings = ServerSettings.onThisMachine(0, List.of())
                    .with(Map.of("FOVEA_TOKEN", "one-token-of-some-length", "FOVEA_DATABASE_URL", " "));
            try (Workbench alone = Workbench.start(Workspace.at(other), JobProgram.words(), settings)) {
                Asked wrong = new Asked(alone.address(), Map.of("Authorization", "Bearer wrong"));
                for (int i = 0; i < 10; i++)
                    assertThat(wrong.get("/api/jobs").status()).isEqualTo(401);
                Asked.Answer limited = wrong.get("/api/jobs");
                assertThat(limited.status()).isEqualTo(429);
                assertThat(limited.headers().get("retry-after")).isIn("5", "6");
            }
        }

        @Test
        void for_others_never_without_a_token_and_never_with_a_bad_one() throws Exception {
            for (String line : List.of(
                    "anna short",
                    "anna",
                    "anna " + ANNA + " more",
                    "../anna " + ANNA,
                    "# nobody",
                    "anna " + ANNA + "\nanna " + BEN,
                    "anna " + ANNA + "\nben " + ANNA)) {
                Path file = Files.writeString(folder.resolve("bad.txt"), line + "\n");
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                Problem problem = catchThrowableOfType(Problem.class, () -> Tokens.in(file));
                assertThat(problem.where()).startsWith(file.toString());
                assertThat(problem.toString()).doesNotContain(ANNA);
            }
            Path open = Files.writeString(folder.resolve("open.txt"), "anna " + ANNA);
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(catchThrowableOfType(Problem.class, () -> Tokens.in(open))
                            .remedy())
                    .isEqualTo("chmod 600 " + open);
        }

        @Test
        void on_an_address_that_is_none_says_so() {
            Problem problem = catchThrowableOfType(
                    Problem.class,
                    () -> new ServerSettings(
                            "no.such.host.invalid",
                            0,
                            List.of(),
                            List.of(),
                            WebReach.OFF,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
            assertThat(problem.where()).isEqualTo("--address");
        }
    }
}
