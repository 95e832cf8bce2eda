package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that nobody here wrote, from the folder {@code conformance} and from Debian, each in a process of its own. */
@DisplayName("Clients of others")
class ConformanceTest {

    private static final Path CLIENTS =
            Path.of("../conformance").toAbsolutePath().normalize();

    @TempDir
    static Path folder;

    private static ModelRepository models;
    private static PredictionServer server;
    private static Path picture;
    private static JsonNode scores;

    @BeforeAll
    static void a_classifier() throws IOException {
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, folder.resolve("models/pets.fovea"));
        models = ModelRepository.open(List.of(folder.resolve("models")), RepositorySettings.USUAL, Duration.ZERO);
        server = PredictionServer.start(models, ServerSettings.onThisMachine(0).withGrpc(0));
        picture = Files.write(folder.resolve("picture.png"), ExampleModels.picture(25, 31, 11));
        scores = new Asked(server.address())
                .post(
                        "/v1/models/pets:predict",
                        "{\"instances\":[{\"b64\":\"" + Base64.getEncoder().encodeToString(Files.readAllBytes(picture))
                                + "\"}]}")
                .json()
                .path("predictions")
                .path(0);
    }

    @AfterAll
    static void ends() {
        server.close();
        models.close();
    }

    private static String target() {
        return "127.0.0.1:" + server.grpcPort().orElseThrow();
    }

    /** Returns what a client prints: a line for each call, its name and what came back. */
    private static Map<String, String> said(List<String> command) {
        try {
            Path errors = Files.createTempFile(folder, "client", ".txt");
            Process client =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor())
                    .as("%s%n%s%s", command, printed, Files.readString(errors))
                    .isZero();
            Map<String, String> lines = new LinkedHashMap<>();
            printed.lines().forEach(line -> {
                String[] parts = line.split(" ", 2);
                lines.put(parts[0], parts.length == 1 ? "" : parts[1]);
            });
            return lines;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void assertScores(String line) {
        assertThat(line).isNotNull();
        List<Float> heard = new ArrayList<>();
        for (String each : line.split(" ")) heard.add(Float.parseFloat(each));
        List<Float> expected = new ArrayList<>();
        scores.forEach(each -> expected.add(each.floatValue()));
        assertThat(heard).isEqualTo(expected);
    }

    private static int best() {
        int best = 0;
        for (int i = 1; i < 3; i++)
            if (scores.path(i).floatValue() > scores.path(best).floatValue()) best = i;
        return best;
    }

    @Test
    void camel_hears_the_bits_of_rest_by_both_protocols() throws IOException {
        Path classPath = CLIENTS.resolve("target/class-path");
        assumeTrue(Files.isRegularFile(classPath), "Apache Camel is not here: build the module conformance");
        Map<String, String> said = said(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                CLIENTS.resolve("target/classes") + ":"
                        + Files.readString(classPath).strip(),
                "io.fovea.conformance.CamelClient",
                target(),
                "pets",
                picture.toString()));
        assertThat(said)
                .containsEntry("live", "true")
                .containsEntry("ready", "true")
                .containsEntry("input", "image BYTES")
                .containsEntry("status", "AVAILABLE")
                .containsEntry("signatures", "[features, logits, probabilities, serving_default]");
        assertScores(said.get("infer"));
        assertScores(said.get("predict"));
        assertThat(said.get("classify"))
                .isEqualTo(classes("cat", 0) + " " + classes("dog", 1) + " " + classes("bird", 2));
    }

    private static String classes(String name, int label) {
        return name + "=" + scores.path(label).floatValue();
    }

    @Test
    void grpc_of_python_hears_the_bits_of_rest() {
        boolean isThere = Asked.run("/usr/bin/python3", "-c", "import grpc, numpy; print('there')").length > 0;
        assumeTrue(isThere, "gRPC for Python is not here: apt install python3-grpcio python3-numpy");
        Path descriptors = Path.of("target/generated-resources/protobuf/descriptor-sets/descriptors");
        Map<String, String> said = said(List.of(
                "/usr/bin/python3",
                CLIENTS.resolve("src/main/python/grpcio_client.py").toString(),
                target(),
                "pets",
                picture.toString(),
                descriptors.toString()));
        assertThat(said)
                .containsEntry("live", "True")
                .containsEntry("same", "True")
                .containsKey("zeros");
        assertScores(said.get("infer"));
        assertScores(said.get("predict"));
        assertThat(said.get("refused")).startsWith("INVALID_ARGUMENT Expected one input");
    }

    @Test
    void grpc_of_node_hears_the_bits_of_rest() {
        assumeTrue(
                Files.isRegularFile(CLIENTS.resolve("node_modules/.installed")),
                "gRPC for Node.js is not here: build the module conformance with Node.js");
        Map<String, String> said = said(List.of(
                "node",
                CLIENTS.resolve("src/main/node/grpc-js-client.cjs").toString(),
                target(),
                "pets",
                picture.toString(),
                "src/main/proto"));
        assertThat(said)
                .containsEntry("live", "true")
                .containsEntry("shape", "-1 3")
                .containsEntry("refused", "NOT_FOUND");
        assertScores(said.get("infer"));
        assertScores(said.get("predict"));
        assertThat(said.get("classification"))
                .isEqualTo(
                        scores.path(best()).floatValue() + ":" + best() + ":" + ExampleModels.CLASS_NAMES.get(best()));
    }

    @Test
    void curl_hears_the_same_of_a_picture_by_every_protocol_of_rest() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not here");
        String address = server.address().toString();
        JsonNode kserve = json(Asked.run(
                "curl",
                "-s",
                "--data-binary",
                "@" + picture,
                "-H",
                "Inference-Header-Content-Length: 0",
                "-H",
                "Expect:",
                address + "/v2/models/pets/infer"));
        assertThat(kserve.path("model_name").asText()).isEqualTo("pets");
        JsonNode picturewise = json(Asked.run("curl", "-s", "-T", picture.toString(), address + "/predictions/pets"));
        assertThat(picturewise.path("top").path(0).path("name").asText())
                .isEqualTo(ExampleModels.CLASS_NAMES.get(best()));
    }

    /** Reads the JSON at the beginning; tensors as bytes may follow. */
    private static JsonNode json(byte[] bytes) throws IOException {
        return new com.fasterxml.jackson.databind.ObjectMapper().readTree(bytes);
    }
}
