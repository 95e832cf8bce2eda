package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.collection.GeneratedDigits;
import io.fovea.job.Job;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every parameter of every address of openapi.json, whatever is added to it, is made to lead out of the workspace. */
@DisplayName("No parameter leads out of the workspace:")
class WayOutTest {

    /** Beside the workspace lie the same things as in it, so that whatever leads there would answer well. */
    private static final List<String> WAYS = List.of(
            "..%2f..%2f..%2foutside%2fTHING",
            "..%2F..%2Foutside%2Fdatasets%2Fdigits",
            "..%5c..%5coutside",
            "%2e%2e%2f%2e%2e%2foutside",
            "%252e%252e%252foutside",
            "..",
            "%2e%2e",
            "..%00digits",
            "%2fetc%2fpasswd",
            "....%2f%2foutside",
            "..;%2foutside",
            "%c0%ae%c0%ae%c0%afoutside",
            "digits%2f..%2f..%2f..%2foutside");

    private static final Map<String, String> RIGHT =
            Map.of("shelf", "datasets", "split", "training", "position", "0", "path", "log.txt", "name", "digits");
    private static final String SECRET = "what-lies-outside-stays-outside";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What a person's file is called, which may well have a percent sign. */
    private static final Set<String> NAMES_OF_FILES = Set.of("/api/pictures/{set}/{name} name");

    private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z]+)}");

    @TempDir
    static Path folder;

    private static Workbench workbench;
    private static Map<String, String> outsideBefore;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void has_the_same_things_inside_and_outside() throws IOException {
        GeneratedDigits.generate(12, 4, 1).write(folder.resolve("outside/idx"));
        for (String place : List.of("workspace", "outside")) {
            Workspace workspace = Workspace.at(folder.resolve(place));
            new Jobs(workspace)
                    .run(Job.Import.of("digits", folder.resolve("outside/idx").toString()));
        }
        Files.writeString(folder.resolve("outside/THING"), SECRET);
        Files.writeString(folder.resolve("outside/log.txt"), SECRET);
        Files.createDirectories(folder.resolve("workspace/models"));
        workbench = Workbench.start(Workspace.at(folder.resolve("workspace")), 0, JobProgram.words(), List.of());
        outsideBefore = outside();
    }

    @AfterAll
    static void ends() {
        if (workbench != null) workbench.close();
    }

    private static Map<String, String> outside() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.resolve("outside"))) {
            for (Path file : all.toList())
                files.put(
                        file.toString(),
                        Files.isRegularFile(file)
                                ? Files.size(file) + " " + Files.getLastModifiedTime(file)
                                : "folder");
        }
        return files;
    }

    private record Asking(String method, String path, String body, boolean mayAnswerWell) {}

    @TestFactory
    Stream<DynamicTest> of_any_address() throws IOException {
        JsonNode description;
        try (InputStream in = Routes.class.getResourceAsStream("openapi.json")) {
            description = JSON.readTree(in);
        }
        List<Asking> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties())
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties())
                if (!operation.getKey().equals("parameters"))
                    all.addAll(askings(description, path.getKey(), path.getValue(), operation));
        assertThat(all).hasSizeGreaterThan(300);
        return all.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.method + " " + each.path + " " + each.body, () -> leadsNowhere(each)));
    }

    private static List<Asking> askings(
            JsonNode description, String template, JsonNode path, Map.Entry<String, JsonNode> operation) {
        String method = operation.getKey().toUpperCase(java.util.Locale.ROOT);
        String body = body(description, operation.getValue(), "digits");
        List<Asking> askings = new ArrayList<>();
        for (String way : WAYS) {
            Matcher parameters = PARAMETER.matcher(template);
            while (parameters.find())
                askings.add(new Asking(
                        method,
                        filled(template, parameters.group(1), way),
                        body,
                        NAMES_OF_FILES.contains(template + " " + parameters.group(1))));
            for (JsonNode list :
                    List.of(path.path("parameters"), operation.getValue().path("parameters")))
                for (JsonNode parameter : list)
                    if (parameter.path("in").asText().equals("query"))
                        askings.add(new Asking(
                                method,
                                filled(template, "", "") + "?"
                                        + parameter.path("name").asText() + "=" + way,
                                body,
                                true));
            String plain = java.net.URLDecoder.decode(way, StandardCharsets.UTF_8);
            String leading = body(description, operation.getValue(), plain);
            if (!leading.isEmpty() && !leading.equals(body))
                askings.add(new Asking(method, filled(template, "", ""), leading, true));
        }
        return askings;
    }

    private static String filled(String template, String wrong, String way) {
        return PARAMETER
                .matcher(template)
                .replaceAll(each -> Matcher.quoteReplacement(
                        each.group(1).equals(wrong) ? way : RIGHT.getOrDefault(each.group(1), "1")));
    }

    /** A body in which every word is {@code word}; empty if none is taken. */
    private static String body(JsonNode description, JsonNode operation, String word) {
        JsonNode content = operation.path("requestBody").path("content");
        JsonNode schema = content.path("application/json").path("schema");
        if (schema.isMissingNode()) return content.isMissingNode() ? "" : word;
        JsonNode made = made(description, schema, word, 0);
        return made.isObject() && made.isEmpty()
                ? "{\"kind\": \"import\", \"name\": " + quoted(word) + ", \"sources\": [" + quoted(word) + "]}"
                : made.toString();
    }

    private static String quoted(String word) {
        return JSON.valueToTree(word).toString();
    }

    private static JsonNode made(JsonNode description, JsonNode schema, String word, int depth) {
        if (schema.has("$ref"))
            return made(description, description.at(schema.path("$ref").asText().substring(1)), word, depth);
        if (schema.has("enum")) return schema.path("enum").get(0);
        return switch (schema.path("type").asText()) {
            case "string" -> JSON.valueToTree(word);
            case "integer", "number" -> JSON.valueToTree(1);
            case "boolean" -> JSON.valueToTree(false);
            case "array" -> JSON.createArrayNode().add(made(description, schema.path("items"), word, depth + 1));
            default -> {
                ObjectNode object = JSON.createObjectNode();
                if (depth < 4)
                    for (Map.Entry<String, JsonNode> each :
                            schema.path("properties").properties())
                        object.set(each.getKey(), made(description, each.getValue(), word, depth + 1));
                yield object;
            }
        };
    }

    private void leadsNowhere(Asking asking) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(workbench.address() + asking.path))
                .timeout(Duration.ofSeconds(20))
                .method(asking.method, HttpRequest.BodyPublishers.ofString(asking.body))
                .build();
        HttpResponse<InputStream> answer;
        try {
            answer = send(request);
        } catch (HttpTimeoutException stream) {
            throw new AssertionError("No answer to " + asking, stream);
        }
        boolean isStream =
                answer.headers().firstValue("Content-Type").orElse("").contains("event-stream");
        try (InputStream body = answer.body()) {
            String said = isStream ? "" : new String(body.readNBytes(1 << 20), StandardCharsets.ISO_8859_1);
            assertThat(answer.statusCode()).as(said).isLessThan(500);
            if (!asking.mayAnswerWell) assertThat(answer.statusCode()).as(said).isGreaterThanOrEqualTo(400);
            assertThat(said).doesNotContain(SECRET, "root:x:", "\tat ");
        }
        assertThat(outside()).isEqualTo(outsideBefore);
    }

    /** A connection that nothing came over for a second is ended, and the client may have it in its hand just then: it asks again. */
    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException noAnswer) {
            throw noAnswer;
        } catch (IOException ended) {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        }
    }
}
