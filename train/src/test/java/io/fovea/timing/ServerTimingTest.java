package io.fovea.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server that behaves as it is told; Fovea's own is timed in the tests of the command. */
@DisplayName("A server under load")
class ServerTimingTest {

    private static final byte[] NOTHING = "{\"error\":\"nothing is here\"}".getBytes(StandardCharsets.UTF_8);

    private HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void a_server_of_the_open_inference_protocol() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, 404, "{\"error\":\"nothing is here\"}"));
        server.createContext("/v2", exchange -> answer(exchange, 200, "{\"name\":\"toy\",\"version\":\"7\"}"));
        server.createContext(
                "/v2/models/sum",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"name\":\"sum\",\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]}"));
        server.createContext("/v2/models/sum/infer", exchange -> infer(exchange, requests.incrementAndGet()));
        server.createContext(
                "/v2/models/full",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"name\":\"full\",\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]}"));
        server.createContext("/v2/models/full/infer", exchange -> inferOrRefuse(exchange, requests.incrementAndGet()));
        server.start();
    }

    @AfterEach
    void ends() {
        server.stop(0);
    }

    /** Every fiftieth takes 400 ms. */
    private void infer(HttpExchange exchange, int number) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        try {
            if (number % 50 == 0) Thread.sleep(400);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        answer(exchange, 200, "{\"outputs\":[]}");
    }

    /** Every second is refused. */
    private void inferOrRefuse(HttpExchange exchange, int number) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (number % 2 == 0) answer(exchange, 429, "{\"error\":\"too many at once\"}");
        else answer(exchange, 200, "{\"outputs\":[]}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        boolean isBelow = !exchange.getRequestURI()
                .getPath()
                .equals(exchange.getHttpContext().getPath());
        if (isBelow) { // whoever has a context is asked for all that begins like it
            exchange.sendResponseHeaders(404, NOTHING.length);
            exchange.getResponseBody().write(NOTHING);
            exchange.close();
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private LoadSettings settings(String model, int clients, int batch, OptionalDouble rate, double seconds) {
        return new LoadSettings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                model,
                Optional.empty(),
                List.of(clients),
                List.of(batch),
                rate,
                seconds,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static ServerTimes times(LoadSettings settings) {
        return new ServerTiming(settings, _ -> {}).run();
    }

    @Test
    void counts_and_names_errors_and_times_what_was_answered() throws IOException {
        ServerTimes times = times(settings("full", 2, 4, OptionalDouble.empty(), 0.5));

        ServerTimes.Row row = times.rows().getFirst();
        assertThat(row.errors()).containsOnlyKeys("429: too many at once");
        assertThat(row.failed()).isPositive();
        assertThat(row.latency().count()).isPositive();
        assertThat(times.server()).isEqualTo("toy 7");
        assertThat(times.lines())
                .anySatisfy(line -> assertThat(line).endsWith("× 429: too many at once"))
                .anySatisfy(line -> assertThat(line).contains("Closed loop"));
        assertThat(times.json()).containsEntry("loop", "closed").containsEntry("sharesMachine", true);

        JsonNode input = new ObjectMapper().readTree(bodies.peek()).at("/inputs/0");
        assertThat(input.path("name").asText()).isEqualTo("x");
        assertThat(input.path("shape")).extracting(JsonNode::asInt).containsExactly(4, 3);
        assertThat(input.path("data")).hasSize(12).allSatisfy(number -> assertThat(number.asDouble())
                .isBetween(0.0, 1.0));
    }

    /** Of each fifty requests, those that were due in the 400 ms of one that stood still are late too. */
    @Test
    void counts_what_waits_behind_a_server_that_stands_still() {
        ServerTimes open = times(settings("sum", 1, 1, OptionalDouble.of(100), 1));
        assertThat(open.rows().getFirst().latency().p90().getAsDouble()).isGreaterThan(100);
        assertThat(open.json()).containsEntry("loop", "open").containsEntry("rate", 100.0);
    }

    @Test
    void gives_up_what_a_server_will_not_reach_and_says_so() {
        ServerTimes.Row row = times(settings("sum", 1, 1, OptionalDouble.of(100_000), 0.2))
                .rows()
                .getFirst();
        assertThat(row.unsent()).isPositive();
        assertThat(row.latency().count() + row.failed()).isEqualTo(20_000);
    }

    @Test
    void says_what_the_server_says_where_it_does_not_know_the_model() {
        assertThatThrownBy(() -> times(settings("total", 1, 1, OptionalDouble.empty(), 0.2)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("does not know the model \"total\"")
                .hasMessageContaining("404: nothing is here");
    }

    @Test
    void says_that_there_is_no_server() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        LoadSettings nobody = LoadSettings.of(URI.create("http://127.0.0.1:" + free), "sum", List.of());
        assertThatThrownBy(() -> times(nobody))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("does not answer: no connection");
    }

    @Test
    void refuses_numbers_that_make_no_load() {
        URI url = URI.create("http://127.0.0.1:1");
        assertThatThrownBy(() -> settings("sum", 0, 1, OptionalDouble.empty(), 1))
                .hasMessage("clients must be at least 1: 0");
        assertThatThrownBy(() -> settings("sum", 1, 0, OptionalDouble.empty(), 1))
                .hasMessage("batch must be at least 1: 0");
        assertThatThrownBy(() -> settings("sum", 1, 1, OptionalDouble.of(0), 1)).hasMessageContaining("rate must be");
        assertThatThrownBy(() -> LoadSettings.of(URI.create("ftp://here"), "sum", List.of()))
                .hasMessageContaining("http://host:8080");
        assertThat(LoadSettings.of(url, "sum", List.of()).at("/v2")).isEqualTo(URI.create("http://127.0.0.1:1/v2"));
    }
}
