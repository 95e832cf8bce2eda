package io.fovea.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** A program that asks the server. */
final class Asked {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    Asked(URI server) {
        this.server = server;
    }

    /** An answer. */
    record Answer(int status, Map<String, String> headers, byte[] bytes) {

        JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException failure) {
                throw new UncheckedIOException(new String(bytes, java.nio.charset.StandardCharsets.UTF_8), failure);
            }
        }

        String text() {
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }

        String type() {
            return headers.get("content-type");
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    Answer post(String path, String json, String... headers) {
        return send("POST", path, json.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
    }

    Answer put(String path, byte[] body, String... headers) {
        return send("PUT", path, body, headers);
    }

    /** @param headers names and values in turns */
    Answer send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) request.headers(headers);
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().map().forEach((name, values) -> answered.put(name, values.getFirst()));
            return new Answer(response.statusCode(), answered, response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Returns what a command prints. */
    static byte[] run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] printed = process.getInputStream().readAllBytes();
            process.waitFor();
            return printed;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
