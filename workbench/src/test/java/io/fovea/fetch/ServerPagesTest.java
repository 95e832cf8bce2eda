package io.fovea.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A page of a prediction server")
class ServerPagesTest {

    private static final int MOST = 1 << 20;

    private HttpServer server;
    private String address;

    @BeforeEach
    void a_server_of_this_machine() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/metrics", exchange -> {
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            boolean isRight = token == null || token.equals("Bearer right");
            byte[] text = "fovea_heap_bytes 1\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isRight ? 200 : 401, isRight ? text.length : -1);
            if (isRight) exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.createContext("/large", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                exchange.getResponseBody().write(new byte[MOST + 1]);
            } catch (IOException hungUp) {
                // whoever asked had enough
            }
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/metrics");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void ends() {
        server.stop(0);
    }

    private static byte[] fetch(ServerReach reach, String server, String path, String token) {
        return new ServerPages(reach, MOST, Duration.ofSeconds(2)).fetch(server, path, Optional.ofNullable(token));
    }

    @Test
    void comes_as_it_is_with_and_without_a_token() {
        byte[] text = "fovea_heap_bytes 1\n".getBytes(StandardCharsets.UTF_8);
        assertThat(fetch(ServerReach.ANY, address, "/metrics", null)).isEqualTo(text);
        assertThat(fetch(ServerReach.THIS_MACHINE, address + "/", "/metrics", "right"))
                .isEqualTo(text);
    }

    @Test
    void that_wants_another_token_says_so() {
        assertThatThrownBy(() -> fetch(ServerReach.ANY, address, "/metrics", "wrong"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("does not know this token");
        assertThatThrownBy(() -> fetch(ServerReach.ANY, address, "/metrics", "two\r\nHost: lines"))
                .hasMessageContaining("no token");
    }

    @Test
    void that_is_missing_leads_elsewhere_or_is_too_large_is_refused() {
        assertThatThrownBy(() -> fetch(ServerReach.ANY, address, "/nothing", null))
                .hasMessageContaining("answers 404");
        assertThatThrownBy(() -> fetch(ServerReach.ANY, address, "/moved", null))
                .hasMessageContaining("answers 302");
        assertThatThrownBy(() -> fetch(ServerReach.ANY, address, "/large", null))
                .hasMessageContaining("more than 1 MB");
    }

    @Test
    void of_nobody_or_of_one_that_says_nothing_is_a_problem() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            String place = "http://127.0.0.1:" + silent.getLocalPort();
            assertThatThrownBy(() -> fetch(ServerReach.ANY, place, "/metrics", null))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("did not answer in 2 seconds");
        }
        assertThatThrownBy(() -> fetch(ServerReach.ANY, "http://127.0.0.1:1", "/metrics", null))
                .hasMessageContaining("cannot be asked");
        assertThatThrownBy(() -> fetch(ServerReach.ANY, "http://nobody.invalid", "/metrics", null))
                .hasMessageContaining("no machine");
    }

    @Test
    void of_another_machine_is_refused_where_the_workbench_is_shared() {
        assertThatThrownBy(() -> fetch(ServerReach.THIS_MACHINE, "http://192.0.2.1:8080", "/metrics", null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("another machine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:8080",
                "ftp://127.0.0.1",
                "file:///etc/passwd",
                "http://user:word@127.0.0.1",
                "http://127.0.0.1/admin",
                "http://127.0.0.1/?x=1",
                "http://127.0.0.1:8080/#x",
                "http://exa mple.org"
            })
    void of_something_else_than_the_root_of_a_server_is_refused(String server) {
        assertThatThrownBy(() -> fetch(ServerReach.ANY, server, "/metrics", null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no address of a prediction server");
    }
}
