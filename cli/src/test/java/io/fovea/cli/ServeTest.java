package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.export.ReferencePictures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("fovea serve")
class ServeTest {

    @TempDir
    static Path folder;

    private static Path model;
    private static Path digit;

    @BeforeAll
    static void a_model_and_a_digit() {
        GeneratedDigits digits = GeneratedDigits.generate(12, 3, 4);
        model = folder.resolve("digits.fovea");
        DigitsByNeighbours.write(digits, 10, ReferencePictures.NONE, model);
        digit = folder.resolve("digit.png");
        PngWriter.write(digits.test().picture(5), digit);
    }

    private static String firstLine(Process process) {
        try {
            InputStream in = process.getInputStream();
            StringBuilder line = new StringBuilder();
            for (int letter = in.read(); letter >= 0 && letter != '\n'; letter = in.read()) line.append((char) letter);
            return line.toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String put(String address, Path picture) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .PUT(HttpRequest.BodyPublishers.ofFile(picture))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void answers_as_predict_does_until_it_is_stopped() throws IOException {
        Program program = new Program(folder.resolve("workspace"), Map.of());
        List<String> answers = new ArrayList<>();
        Outcome served = program.runUntil(
                "Ctrl-C ends it",
                process -> {
                    answers.add(put(firstLine(process) + "?top=10", digit));
                    process.toHandle().destroy(); // which leaves its streams open
                },
                "serve",
                model.toString(),
                "--port",
                "0");
        assertThat(served.exitCode()).isEqualTo(128 + 15);
        JsonNode answer = new ObjectMapper().readTree(answers.getFirst());
        JsonNode predicted = program.run("predict", model.toString(), digit.toString(), "--top", "10", "--json")
                .json()
                .path("predictions")
                .path(0);
        assertThat(answer.path("top")).isEqualTo(predicted.path("top")).hasSize(10);
        assertThat(answer.path("logits")).isEqualTo(predicted.path("logits"));
    }

    /** Connections whose requests were accepted: the server has said that it waits for their bodies. */
    private static List<Socket> accepted(int port, long length, int count) throws IOException {
        List<Socket> accepted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket("127.0.0.1", port);
            socket.getOutputStream()
                    .write(("PUT /predictions/digits HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + length
                                    + "\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] goOn = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            assertThat(socket.getInputStream().readNBytes(goOn.length)).isEqualTo(goOn);
            accepted.add(socket);
        }
        return accepted;
    }

    private static void awaitNobodyListens(int port) {
        while (true) {
            try {
                new Socket("127.0.0.1", port).close();
                Thread.sleep(5);
            } catch (IOException refused) {
                return;
            } catch (InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    @Test
    void answers_under_load_whatever_it_accepted_before_it_was_told_to_end() {
        Program program = new Program(folder.resolve("workspace"), Map.of());
        List<String> answers = new ArrayList<>();
        AtomicInteger load = new AtomicInteger();
        Outcome served = program.runUntil(
                "Ctrl-C ends it",
                process -> {
                    String address = firstLine(process);
                    List<Thread> clients = new ArrayList<>();
                    for (int i = 0; i < 4; i++)
                        clients.add(Thread.ofVirtual().start(() -> {
                            try {
                                while (put(address, digit).contains("className")) load.incrementAndGet();
                            } catch (UncheckedIOException ended) {
                                // it listens no more
                            }
                        }));
                    try {
                        int port = URI.create(address).getPort();
                        byte[] picture = Files.readAllBytes(digit);
                        while (load.get() < 20) Thread.sleep(5);
                        List<Socket> accepted = accepted(port, picture.length, 20);
                        process.toHandle().destroy(); // SIGTERM, and its streams stay open
                        awaitNobodyListens(port);
                        for (Socket each : accepted) {
                            each.getOutputStream().write(picture);
                            answers.add(new String(each.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                            each.close();
                        }
                        for (Thread each : clients) each.join();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    } catch (InterruptedException failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                "serve",
                model.toString(),
                "--port",
                "0");
        assertThat(answers).hasSize(20).allMatch(answer -> answer.startsWith("HTTP/1.1 200"));
        assertThat(served.exitCode()).isEqualTo(128 + 15);
    }

    @Test
    void measures_and_says_what_it_took() {
        Program program = new Program(folder.resolve("workspace"), Map.of());
        Outcome served = program.runUntil(
                "Ctrl-C ends it",
                process -> process.toHandle().destroy(),
                "serve",
                model.toString(),
                "--port",
                "0",
                "--auto-tune",
                "5s");
        assertThat(served.progress()).contains("<- taken").contains("pictures a second");
    }

    @Test
    void refuses_what_cannot_be_served_before_it_listens() {
        InProcess program = new InProcess(folder.resolve("workspace"));
        assertThat(program.run("serve nothing").exitCode()).isEqualTo(1);
        assertThat(program.run("serve " + model + " --port 70000").exitCode()).isEqualTo(2);
        assertThat(program.run("serve " + model + " --grpc-port 70000").exitCode())
                .isEqualTo(2);
        assertThat(program.run("serve " + model + " --queue 1 --batch 2").progress())
                .contains("never comes together");
        assertThat(program.run("serve " + model + " --tls a.pem b.pem --port 0").progress())
                .contains("Certificate and key cannot be used");
        assertThat(program.run("serve " + model + " --deadline 0").exitCode()).isEqualTo(2);
        assertThat(program.run("serve " + model + " --split digits=9:1").progress())
                .contains("has no version 9");
        assertThat(program.run("serve " + model + " --shadow digits").progress())
                .contains("--shadow NAME=2");
        assertThat(program.run("serve " + model + " --auto-tune 20").progress()).contains("20ms");
        assertThat(program.run("serve " + model + " --auto-tune 0.001ms").progress())
                .contains("do not come within");
        assertThat(program.run("serve " + model + " --auto-tune 20ms --batch 4").exitCode())
                .isEqualTo(2);
        assertThat(program.run("serve " + model + " --unsure-limit 4").exitCode())
                .isEqualTo(2);
        assertThat(program.run("serve " + model + " --keep-unsure x --unsure-below 2")
                        .exitCode())
                .isEqualTo(2);
    }
}
