package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PictureLimits;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The prediction server, treated badly,")
class BadInputTest {

    private static final byte[] PICTURE = ExampleModels.picture(40, 40, 5);

    @TempDir
    static Path folder;

    private static ModelRepository models;
    private static PredictionServer server;
    private static Asked asked;

    @BeforeAll
    static void a_model_with_few_places() {
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, folder.resolve("pets.fovea"));
        RepositorySettings few = new RepositorySettings(4, 2, 1, 1, 1, new PictureLimits(1 << 20, 10_000));
        models = ModelRepository.open(List.of(folder), few, Duration.ZERO);
        server = PredictionServer.start(models, ServerSettings.onThisMachine(0));
        asked = new Asked(server.address());
    }

    @AfterAll
    static void ends() {
        server.close();
        models.close();
    }

    private static LoadedModel model() {
        return models.model("pets", Optional.empty());
    }

    private static void until(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }

    private static byte[] head(String method, String path, String... headers) {
        return (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        + String.join(
                                "",
                                Arrays.stream(headers)
                                        .map(each -> each + "\r\n")
                                        .toList()) + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static int port() {
        return server.address().getPort();
    }

    @Test
    void says_that_a_body_was_cut_off() throws IOException {
        byte[] request = joined(head("PUT", "/predictions/pets", "Content-Length: 5000"), Arrays.copyOf(PICTURE, 100));
        assertThat(AccessTest.raw(port(), request)).startsWith("HTTP/1.1 400").contains("cut off");
    }

    @Test
    void says_that_a_picture_is_cut_off_or_none_or_empty() {
        for (int length = 1; length < PICTURE.length; length += 97)
            assertThat(asked.put("/predictions/pets", Arrays.copyOf(PICTURE, length))
                            .status())
                    .isEqualTo(400);
        assertThat(asked.put("/predictions/pets", "hello".getBytes(StandardCharsets.UTF_8))
                        .json()
                        .path("what")
                        .asText())
                .contains("Expected a picture");
        assertThat(asked.put("/predictions/pets", new byte[0])
                        .json()
                        .path("what")
                        .asText())
                .contains("empty");
    }

    @Test
    void survives_pictures_with_bytes_changed_anywhere() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 300; i++) {
            byte[] changed = PICTURE.clone();
            for (int j = 0; j < 3; j++) changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            assertThat(asked.put("/predictions/pets", changed).status()).isIn(200, 400);
        }
    }

    @Test
    void refuses_huge_pictures_by_their_head_and_long_bodies_by_their_length() throws IOException {
        assertThat(asked.put("/predictions/pets", ExampleModels.picture(200, 200, 1))
                        .status())
                .isEqualTo(400);
        String answer = AccessTest.raw(
                port(), head("PUT", "/predictions/pets", "Content-Length: 99999999999", "Connection: close"));
        assertThat(answer).startsWith("HTTP/1.1 413").contains("longer than");
    }

    @Test
    void answers_what_is_no_http_with_a_problem() throws IOException {
        assertThat(AccessTest.raw(port(), "HELLO\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 400")
                .contains("\"what\"");
        assertThat(AccessTest.raw(port(), head("GET", "/", "X: " + "y".repeat(20_000))))
                .startsWith("HTTP/1.1 431");
        assertThat(AccessTest.raw(port(), head("GET", "/predictions/%zz", "Connection: close")))
                .startsWith("HTTP/1.1 400");
        assertThat(AccessTest.raw(port(), head("PUT", "/predictions/pets?top=%f", "Content-Length: 0")))
                .startsWith("HTTP/1.1 400");
        assertThat(AccessTest.raw(
                        port(),
                        joined(
                                head("PUT", "/predictions/pets", "Transfer-Encoding: chunked"),
                                "ZZ\r\nno length\r\n".getBytes(StandardCharsets.US_ASCII))))
                .startsWith("HTTP/1.1 400");
        assertThat(AccessTest.raw(port(), head("DELETE", "/predictions/pets", "Connection: close")))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void refuses_a_form_with_more_pictures_than_it_has_places() {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < 5; i++)
            form.append("--e\r\nContent-Disposition: form-data; name=\"p\"; filename=\"p\"\r\n\r\n")
                    .append(new String(PICTURE, StandardCharsets.ISO_8859_1))
                    .append("\r\n");
        Asked.Answer answer = asked.send(
                "POST",
                "/predictions/pets",
                form.append("--e--\r\n").toString().getBytes(StandardCharsets.ISO_8859_1),
                "Content-Type",
                "multipart/form-data; boundary=e");
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void says_that_the_queue_is_full_and_when_to_ask_again() {
        try (var taken = models.call("pets", Optional.empty(), 4, () -> false, System.nanoTime() + (1L << 40))) {
            Asked.Answer answer = asked.put("/predictions/pets", PICTURE);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers().get("Retry-After")).isEqualTo("1");
            assertThat(answer.json().path("what").asText()).contains("4 of 4 pictures are under way");
            JsonNode kserve = asked.send(
                            "POST", "/v2/models/pets/infer", PICTURE, "Inference-Header-Content-Length", "0")
                    .json();
            assertThat(kserve.path("error").asText()).contains("full");
            assertThat(taken.model().underWay()).isEqualTo(4);
        }
        assertThat(asked.put("/predictions/pets", PICTURE).status()).isEqualTo(200);
    }

    @Test
    void does_not_wait_for_slow_clients_while_it_answers_others() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket("127.0.0.1", port());
                socket.getOutputStream().write(head("PUT", "/predictions/pets", "Content-Length: 4000"));
                socket.getOutputStream().write(PICTURE, 0, 10);
                slow.add(socket);
            }
            for (int i = 0; i < 20; i++)
                assertThat(asked.put("/predictions/pets", PICTURE).status()).isEqualTo(200);
            until(() -> model().underWay() == 0); // a place is given back once the answer is out
        } finally {
            for (Socket each : slow) each.close();
        }
    }

    @Test
    void answers_what_it_accepted_when_it_is_closed() throws IOException {
        PredictionServer closing = PredictionServer.start(models, ServerSettings.onThisMachine(0));
        try (Socket socket = new Socket("127.0.0.1", closing.address().getPort())) {
            socket.getOutputStream()
                    .write(head(
                            "PUT",
                            "/predictions/pets",
                            "Content-Length: " + PICTURE.length,
                            "Expect: 100-continue",
                            "Connection: close"));
            byte[] goOn = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            assertThat(socket.getInputStream().readNBytes(goOn.length)).isEqualTo(goOn);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(closing::close);
            until(() -> isRefused(closing.address().getPort()));
            socket.getOutputStream().write(PICTURE);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
            closed.join();
        }
    }

    private static boolean isRefused(int port) {
        try {
            new Socket("127.0.0.1", port).close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
