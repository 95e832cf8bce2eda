package io.fovea.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A picture from the web")
class WebPicturesTest {

    private static final int MOST = 1 << 20;

    private HttpServer server;
    private String address;

    @BeforeEach
    void a_server_of_this_machine() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        answers("/file", 200, 5_000, true);
        answers("/chunks", 200, 5_000, false);
        answers("/large", 200, MOST + 1, true);
        answers("/large-chunks", 200, MOST + 1, false);
        answers("/missing", 404, 3, true);
        leads("/moved", "/file");
        leads("/round", "/round");
        leads("/file-of-machine", "file:///etc/passwd");
        leads("/elsewhere", "http://127.0.0.1:1/x");
        server.start();
    }

    @AfterEach
    void ends() {
        server.stop(0);
    }

    private void answers(String path, int status, int length, boolean said) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, said ? length : 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] bytes = new byte[length];
                Arrays.fill(bytes, (byte) 7);
                out.write(bytes);
            } catch (IOException hungUp) {
                // whoever asked had enough
            }
        });
    }

    private void leads(String path, String to) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    private static byte[] fetch(WebReach reach, String url) {
        return new WebPictures(reach, MOST, Duration.ofSeconds(3)).fetch(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/file", "/chunks", "/moved"})
    void comes_as_a_whole(String path) {
        assertThat(fetch(WebReach.ANY, address + path)).hasSize(5_000).containsOnly(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/large-chunks"})
    void that_is_too_large_is_refused(String path) {
        assertThatThrownBy(() -> fetch(WebReach.ANY, address + path)).hasMessageContaining("larger than 1 MB");
    }

    @Test
    void that_is_not_there_or_leads_in_circles_or_to_something_else_is_refused() {
        assertThatThrownBy(() -> fetch(WebReach.ANY, address + "/missing")).hasMessageContaining("answers 404");
        assertThatThrownBy(() -> fetch(WebReach.ANY, address + "/round")).hasMessageContaining("more than 5 times");
        assertThatThrownBy(() -> fetch(WebReach.ANY, address + "/file-of-machine"))
                .hasMessageContaining("no address of a picture");
        assertThatThrownBy(() -> fetch(WebReach.ANY, address + "/elsewhere")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> fetch(WebReach.ANY, "http://nobody.invalid/x")).hasMessageContaining("no machine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "picture.png",
                "ftp://example.org/x",
                "file:///etc/passwd",
                "http:///x",
                "http://user:word@example.org/x",
                "jar:http://example.org/x!/y",
                "http://exa mple.org"
            })
    void of_something_that_is_no_address_is_refused(String url) {
        assertThatThrownBy(() -> fetch(WebReach.ANY, url))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no address of a picture");
    }

    @Test
    void is_not_fetched_unless_that_was_allowed_at_the_start() {
        assertThatThrownBy(() -> fetch(WebReach.OFF, address + "/file")).hasMessageContaining("--urls public");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/",
                "http://127.1.2.3/",
                "http://2130706433/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://0.0.0.0/",
                "http://10.0.0.1/",
                "http://172.16.3.4/",
                "http://192.168.1.1/",
                "http://100.64.0.1/",
                "http://169.254.169.254/latest/meta-data",
                "http://[fe80::1]/",
                "http://[fd00::1]/"
            })
    void of_this_machine_or_a_private_network_is_refused(String url) {
        assertThatThrownBy(() -> fetch(WebReach.PUBLIC, url))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("set apart");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.255.255.255",
                "172.31.0.1",
                "192.168.0.1",
                "169.254.0.1",
                "100.127.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "255.255.255.255",
                "0.1.2.3",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "ff02::1",
                "2002:7f00:1::",
                "64:ff9b::7f00:1",
                "2001:0:1::",
                "2001:db8::1",
                "::7f00:1"
            })
    void may_not_come_from(String literal) throws IOException {
        assertThat(WebReach.PUBLIC.allows(InetAddress.getByName(literal))).isFalse();
        assertThat(WebReach.ANY.allows(InetAddress.getByName(literal))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.32.0.1",
                "172.15.0.1",
                "100.128.0.1",
                "11.0.0.1",
                "198.20.0.1",
                "2606:4700::1",
                "2001:4860:4860::8888"
            })
    void may_come_from(String literal) throws IOException {
        assertThat(WebReach.PUBLIC.allows(InetAddress.getByName(literal))).isTrue();
    }

    @Test
    void that_comes_drop_by_drop_is_given_up() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = slow.accept()) {
                    byte[] head = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                    socket.getOutputStream().write(head);
                    for (int i = 0; i < 100; i++) {
                        socket.getOutputStream().write(7);
                        Thread.sleep(100);
                    }
                } catch (IOException | InterruptedException hungUp) {
                    // as expected
                }
            });
            assertThatThrownBy(() -> fetch(WebReach.ANY, "http://127.0.0.1:" + slow.getLocalPort() + "/"))
                    .hasMessageContaining("did not answer in 3 seconds");
        }
    }
}
