package io.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A program that asks the server, and holds every answer to what {@code openapi.json} says of it. */
final class Asked {

    private static final String PLACE = "https://fovea.example/openapi.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private final Map<String, String> usual;
    private final JsonNode description;
    private final SchemaRegistry schemas;

    Asked(URI server) {
        this(server, Map.of());
    }

    /** @param usual headers of every request */
    Asked(URI server, Map<String, String> usual) {
        this.server = server;
        this.usual = usual;
        try (InputStream in = Routes.class.getResourceAsStream("openapi.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            description = JSON.readTree(text);
            schemas = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(PLACE, text)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** An answer that is as described. */
    record Answer(int status, Map<String, String> headers, byte[] bytes) {

        JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException failure) {
                throw new UncheckedIOException(new String(bytes, StandardCharsets.UTF_8), failure);
            }
        }
    }

    Answer get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    Answer post(String path, String body) {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body), Map.of());
    }

    Answer post(String path, byte[] body) {
        return send("POST", path, HttpRequest.BodyPublishers.ofByteArray(body), Map.of());
    }

    Answer put(String path, String body) {
        return send("PUT", path, HttpRequest.BodyPublishers.ofString(body), Map.of());
    }

    Answer send(String method, String path, HttpRequest.BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).method(method, body);
        usual.forEach(request::header);
        headers.forEach(request::setHeader);
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().map().forEach((name, values) -> answered.put(name, values.getFirst()));
            Answer answer = new Answer(response.statusCode(), answered, response.body());
            check(method, path.replaceFirst("\\?.*", ""), answer);
            return answer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void check(String method, String path, Answer answer) {
        if (!path.startsWith("/api/") || path.equals("/api/openapi.json")) return;
        String type = String.valueOf(answer.headers().get("content-type")).replaceFirst(";.*", "");
        String template = template(path);
        if (template == null) {
            assertThat(answer.status()).as("%s is described", path).isEqualTo(404);
            valid("#/components/schemas/Problem", answer);
            return;
        }
        String pointer = "#/paths/" + template.replace("~", "~0").replace("/", "~1") + "/"
                + method.toLowerCase(java.util.Locale.ROOT) + "/responses/" + answer.status();
        JsonNode described = description.at(pointer.substring(1));
        if (described.isMissingNode()) {
            assertThat(answer.status()).as("%s %s is described", method, path).isBetween(400, 499);
            assertThat(type).isEqualTo("application/problem+json");
            valid("#/components/schemas/Problem", answer);
            return;
        }
        assertThat(described.path("content").has(type))
                .as("%s %s answers with %s", method, path, type)
                .isTrue();
        if (type.equals("application/json")) valid(pointer + "/content/application~1json/schema", answer);
    }

    private void valid(String pointer, Answer answer) {
        String text = new String(answer.bytes(), StandardCharsets.UTF_8);
        assertThat(schemas.getSchema(SchemaLocation.of(PLACE + pointer)).validate(text, InputFormat.JSON))
                .as("%s is as %s says", text, pointer)
                .isEmpty();
    }

    /** Returns the described address that a path is of; of several the one whose fixed words come first. */
    private String template(String path) {
        return description.path("paths").properties().stream()
                .map(Map.Entry::getKey)
                .filter(template ->
                        path.matches(template.replace("{path}", ".+").replaceAll("\\{[a-z]+}", "[^/]+")))
                .min(Comparator.comparing(Asked::kindsOfWords))
                .orElse(null);
    }

    /** 0 for each fixed word and 1 for each name, in their order. */
    private static String kindsOfWords(String template) {
        return Arrays.stream(template.split("/"))
                .map(word -> word.startsWith("{") ? "1" : "0")
                .collect(Collectors.joining());
    }
}
