package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.problem.Problem;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Who may ask the prediction server, and what it tells of itself")
class AccessTest {

    private static final byte[] PICTURE = ExampleModels.picture(10, 12, 5);
    private static final String TOKEN = "sixteen-letters-and-more";

    @TempDir
    static Path folder;

    private static ModelRepository models;

    @BeforeAll
    static void a_model() {
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, folder.resolve("models/pets.fovea"));
        models = ModelRepository.open(List.of(folder.resolve("models")), RepositorySettings.USUAL, Duration.ZERO);
    }

    @AfterAll
    static void ends() {
        models.close();
    }

    private static PredictionServer started(ServerSettings settings) {
        return PredictionServer.start(models, settings);
    }

    private static ServerSettings with(Optional<String> token, List<String> origins, Optional<ServerSettings.Tls> tls) {
        return new ServerSettings("127.0.0.1", 0, token, origins, tls, ServerSettings.USUAL_DEADLINE, Optional.empty());
    }

    @Test
    void needs_the_token_for_all_but_probes() {
        try (PredictionServer server = started(with(Optional.of(TOKEN), List.of(), Optional.empty()))) {
            Asked asked = new Asked(server.address());
            Asked.Answer refused = asked.put("/predictions/pets", PICTURE);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.headers().get("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(asked.get("/metrics").status()).isEqualTo(401);
            assertThat(asked.get("/v2/models/pets").json().path("error").asText())
                    .contains("token");
            assertThat(asked.get("/v2/health/ready").status()).isEqualTo(200);
            assertThat(asked.get("/health/live").status()).isEqualTo(200);
            assertThat(asked.put("/predictions/pets", PICTURE, "Authorization", "Bearer wrong")
                            .status())
                    .isEqualTo(401);
            assertThat(asked.put("/predictions/pets", PICTURE, "Authorization", "Bearer " + TOKEN)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void makes_a_token_where_other_machines_can_ask() {
        ServerSettings open = new ServerSettings(
                "0.0.0.0",
                0,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                ServerSettings.USUAL_DEADLINE,
                Optional.empty());
        try (PredictionServer server = started(open)) {
            Asked asked = new Asked(
                    java.net.URI.create("http://127.0.0.1:" + server.address().getPort()));
            assertThat(asked.put("/predictions/pets", PICTURE).status()).isEqualTo(401);
            assertThat(asked.put(
                                    "/predictions/pets",
                                    PICTURE,
                                    "Authorization",
                                    "Bearer " + server.madeToken().orElseThrow())
                            .status())
                    .isEqualTo(200);
        }
        assertThatThrownBy(() -> with(Optional.of("short"), List.of(), Optional.empty()))
                .isInstanceOf(Problem.class);
    }

    @Test
    void lets_only_those_pages_ask_that_are_named() {
        try (PredictionServer server =
                started(with(Optional.empty(), List.of("https://shop.example"), Optional.empty()))) {
            Asked asked = new Asked(server.address());
            assertThat(asked.put("/predictions/pets", PICTURE, "Origin", "https://other.example")
                            .status())
                    .isEqualTo(403);
            Asked.Answer named = asked.put("/predictions/pets", PICTURE, "Origin", "https://shop.example");
            assertThat(named.status()).isEqualTo(200);
            assertThat(named.headers().get("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
            Asked.Answer preflight = asked.send(
                    "OPTIONS",
                    "/predictions/pets",
                    new byte[0],
                    "Origin",
                    "https://shop.example",
                    "Access-Control-Request-Method",
                    "PUT");
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.headers().get("Access-Control-Allow-Methods")).contains("PUT");
        }
    }

    @Test
    void answers_to_no_other_name_of_this_machine() throws IOException {
        try (PredictionServer server = started(ServerSettings.onThisMachine(0));
                Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void encrypts_with_certificate_and_key_from_pem_files() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not here");
        ServerSettings.Tls tls = certificate(folder);
        ServerSettings settings = with(Optional.empty(), List.of(), Optional.of(tls));
        try (PredictionServer server = started(settings)) {
            assertThat(server.address().getScheme()).isEqualTo("https");
            byte[] printed = Asked.run(
                    "curl", "-s", "--cacert", tls.certificate().toString(), server.address() + "/v2/health/live");
            assertThat(new String(printed, StandardCharsets.UTF_8)).contains("\"live\":true");
        }
        assertThatThrownBy(() -> started(with(
                        Optional.empty(),
                        List.of(),
                        Optional.of(new ServerSettings.Tls(tls.key(), tls.certificate())))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("PEM");
    }

    /** Makes a certificate for this machine with its key. */
    static ServerSettings.Tls certificate(Path folder) {
        Path key = folder.resolve("key.pem");
        Path certificate = folder.resolve("certificate.pem");
        Asked.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString(),
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=IP:127.0.0.1");
        return new ServerSettings.Tls(certificate, key);
    }

    @Test
    void says_that_a_port_is_taken() {
        try (PredictionServer server = started(ServerSettings.onThisMachine(0))) {
            ServerSettings same = ServerSettings.onThisMachine(server.address().getPort());
            assertThatThrownBy(() -> started(same)).isInstanceOf(Problem.class).hasMessageContaining("--port");
        }
    }

    @Test
    void counts_in_the_text_that_prometheus_reads() throws IOException {
        try (PredictionServer server = started(ServerSettings.onThisMachine(0))) {
            Asked asked = new Asked(server.address());
            asked.put("/predictions/pets", PICTURE);
            asked.put("/predictions/pets", new byte[] {1});
            Asked.Answer answer = asked.get("/metrics");
            // an answer is counted once it is out
            for (int i = 0; i < 1000 && !answer.text().contains("status=\"400\""); i++) answer = asked.get("/metrics");
            assertThat(answer.type()).startsWith("text/plain; version=0.0.4");
            assertThat(answer.text())
                    .contains("fovea_http_requests_total{protocol=\"picture\",status=\"200\"} 1\n")
                    .contains("fovea_http_requests_total{protocol=\"picture\",status=\"400\"} 1\n")
                    .contains("fovea_model_under_way{model=\"pets\",version=\"1\"} 0.0\n")
                    .contains("fovea_model_batch_pictures_bucket{model=\"pets\",version=\"1\",le=\"+Inf\"}");
            assertThat(answer.text().lines())
                    .allMatch(line -> line.startsWith("#")
                            || Pattern.matches("[a-z_]+(\\{([a-z]+=\"[^\"]*\",?)+})? [-0-9.E]+", line));
            Asked.Answer open = asked.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");
            assertThat(open.text()).endsWith("# EOF\n").contains("# TYPE fovea_http_requests counter\n");
        }
    }

    @Test
    void answers_with_the_types_that_it_describes() {
        try (PredictionServer server = started(ServerSettings.onThisMachine(0))) {
            Asked asked = new Asked(server.address());
            JsonNode description = asked.get("/openapi.json").json();
            assertThat(description.path("openapi").asText()).isEqualTo("3.1.0");
            TreeSet<String> described = new TreeSet<>();
            description.path("paths").fieldNames().forEachRemaining(described::add);
            for (String path : described) {
                JsonNode methods = description.path("paths").path(path);
                if (!methods.has("get")) continue;
                Asked.Answer answer = asked.get(path.replace("{model}", "pets")
                        .replace("{version}", "1")
                        .replace("{picture}", "x"));
                assertThat(answer.status()).as(path).isEqualTo(200);
                String type = answer.type().replaceFirst(";.*", "");
                assertThat(methods.path("get")
                                .path("responses")
                                .path("200")
                                .path("content")
                                .has(type))
                        .as("%s answers with %s", path, type)
                        .isTrue();
            }
            JsonNode overview = asked.get("/").json();
            assertThat(overview.path("models").path(0).path("predictions").asText())
                    .isEqualTo("/predictions/pets");
            assertThat(Map.of("described", described).get("described")).contains("/v2/models/{model}/infer");
        }
    }

    /** Sends bytes and returns whatever comes back until the server closes the connection. */
    static String raw(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
