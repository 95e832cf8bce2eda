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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the server tells of itself")
class DescriptionTest {

    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    /** What is no number is refused before anything is looked for there. */
    private static final Pattern NO_VERSION = Pattern.compile(
            "/versions/(?!\\{version\\}($|/|:[a-z]+$))|\\{version\\}:[a-z]+/|^/(?!v1/).*\\{version\\}:");

    @TempDir
    static Path folder;

    private static ModelRepository models;
    private static PredictionServer server;
    private static Asked asked;
    private static JsonNode paths;

    @BeforeAll
    static void a_model() {
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, folder.resolve("pets.fovea"));
        models = ModelRepository.open(List.of(folder), RepositorySettings.USUAL, Duration.ZERO);
        server = PredictionServer.start(models, ServerSettings.onThisMachine(0).withGrpc(0));
        asked = new Asked(server.address());
        paths = asked.get("/openapi.json").json().path("paths");
    }

    @AfterAll
    static void ends() {
        server.close();
        models.close();
    }

    /** Every address that is described, with other last words and without its last one: what can be there at all. */
    private static Set<String> addresses() {
        Set<String> described = new TreeSet<>();
        paths.fieldNames().forEachRemaining(described::add);
        Set<String> lastWords = new TreeSet<>();
        for (String path : described) lastWords.add(path.substring(path.lastIndexOf('/') + 1));
        Set<String> addresses = new TreeSet<>(described);
        for (String path : described) {
            String before = path.substring(0, path.lastIndexOf('/'));
            addresses.add(before.isEmpty() ? "/" : before);
            for (String word : lastWords) {
                addresses.add(before + "/" + word);
                addresses.add((path.equals("/") ? "" : path) + "/" + word);
            }
        }
        addresses.removeIf(path -> NO_VERSION.matcher(path).find());
        return addresses;
    }

    @Test
    void describes_every_address_that_answers_and_no_other() {
        Set<String> answering = new TreeSet<>();
        Set<String> described = new TreeSet<>();
        for (String path : addresses()) {
            for (String method : METHODS) {
                if (paths.path(path).has(method)) described.add(method + " " + path);
                String address = path.replace("{model}", "pets")
                        .replace("{version}", "1")
                        .replace("{picture}", "x");
                Asked.Answer answer = asked.send(method.toUpperCase(java.util.Locale.ROOT), address, new byte[0]);
                if (!answer.text().contains("Nothing answers")) answering.add(method + " " + path);
            }
        }
        asked.send("POST", "/v2/repository/models/pets/load", new byte[0]); // one of them has unloaded it
        answering.removeIf(DescriptionTest::isAnotherNameOf);
        assertThat(answering).isEqualTo(described);
    }

    /** A word in the place of a name is a name too: "/predictions/load" asks for a model "load". */
    private static boolean isAnotherNameOf(String call) {
        String method = call.substring(0, call.indexOf(' '));
        String path = call.substring(call.indexOf(' ') + 1);
        if (paths.path(path).has(method)) return false;
        for (String known : (Iterable<String>) paths::fieldNames)
            if (paths.path(known).has(method) && fits(known.split("[/]"), path.split("[/]"))) return true;
        return false;
    }

    private static boolean fits(String[] known, String[] path) {
        if (known.length != path.length) return false;
        for (int i = 0; i < known.length; i++) {
            String before = known[i].replaceFirst("\\{.*", "");
            String behind = known[i].replaceFirst(".*\\}", "");
            boolean isName = known[i].contains("{");
            if (isName ? !(path[i].startsWith(before) && path[i].endsWith(behind)) : !known[i].equals(path[i]))
                return false;
        }
        return true;
    }

    private static byte[] metrics(String type) {
        asked.put("/predictions/pets", ExampleModels.picture(10, 12, 1));
        asked.put("/predictions/pets", new byte[] {1});
        io.grpc.ManagedChannel channel = GrpcTest.channel(server);
        try {
            io.fovea.kserve.message.GRPCInferenceServiceGrpc.newBlockingStub(channel)
                    .modelInfer(GrpcTest.picture("pets").build());
        } finally {
            channel.shutdownNow();
        }
        return asked.get("/metrics", "Accept", type).bytes();
    }

    @Test
    void gives_metrics_that_promtool_finds_no_fault_with() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/promtool")), "promtool is not here: apt install prometheus");
        assertThat(checked(metrics("text/plain"), "/usr/bin/promtool", "check", "metrics"))
                .isEmpty();
    }

    @Test
    void gives_metrics_that_the_strict_reader_of_open_metrics_takes() throws IOException, InterruptedException {
        boolean isThere = Asked.run("/usr/bin/python3", "-c", "import prometheus_client; print('there')").length > 0;
        assumeTrue(isThere, "The reader is not here: apt install python3-prometheus-client");
        String read = checked(metrics("application/openmetrics-text; version=1.0.0"), "/usr/bin/python3", "-c", """
            import sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
            for family in text_string_to_metric_families(sys.stdin.read()):
                print(family.name, family.type, len(family.samples))
            """);
        assertThat(read)
                .contains(
                        "fovea_http_requests counter", "fovea_grpc_calls counter", "fovea_model_run_seconds histogram");
    }

    private static String checked(byte[] text, String... command) throws IOException, InterruptedException {
        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
        check.getOutputStream().write(text);
        check.getOutputStream().close();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
        return said;
    }
}
