package io.fovea.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges and examples: IANA's registries of special-purpose addresses, and the ways that people write 127.0.0.1. */
@DisplayName("Public hosts")
@Timeout(60)
class HostsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.1.0.1",
                "198.17.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "2001:4860:4860::8888"
            })
    void are_those_of_the_internet(String address) throws IOException {
        assertThat(Hosts.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0", "127.0.0.1", "127.255.1.2", "10.1.2.3", "100.64.0.1", "169.254.169.254", "172.16.0.1",
                "172.31.255.255", "192.168.1.1", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1",
                "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.1",
                "64:ff9b::7f00:1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001::1", "2001:db8::1",
                "2002:7f00:1::", "3fff::1"
            })
    void are_none_that_are_set_aside(String address) throws IOException {
        assertThat(Hosts.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/weights.pth",
                "http://127.0.0.1:8080/weights.pth",
                "http://127.1/weights.pth",
                "http://2130706433/weights.pth",
                "https://[::1]/weights.pth",
                "https://[::ffff:127.0.0.1]/weights.pth",
                "http://user@10.0.0.1/weights.pth",
                "http://169.254.169.254/latest/meta-data"
            })
    void refuse_whatever_leads_inside(String address) {
        Problem problem = catchThrowableOfType(Problem.class, () -> Hosts.PUBLIC.check(URI.create(address)));
        assertThat(problem.what()).containsAnyOf("not public", "names no host");
        assertThat(problem.remedy()).contains("FOVEA_DOWNLOADS=any");
    }

    @Test
    void leave_a_name_that_nobody_knows_to_the_connection() {
        assertThatCode(() -> Hosts.PUBLIC.check(URI.create("http://nowhere.invalid/a")))
                .doesNotThrowAnyException();
    }

    @Test
    void can_be_chosen_in_the_environment() {
        assertThat(Hosts.of(Map.of(), Hosts.PUBLIC)).isSameAs(Hosts.PUBLIC);
        assertThat(Hosts.of(Map.of("FOVEA_DOWNLOADS", "any"), Hosts.PUBLIC)).isSameAs(Hosts.ANY);
        assertThat(Hosts.of(Map.of("FOVEA_DOWNLOADS", "public"), Hosts.ANY)).isSameAs(Hosts.PUBLIC);
        assertThat(catchThrowableOfType(Problem.class, () -> Hosts.of(Map.of("FOVEA_DOWNLOADS", "some"), Hosts.ANY))
                        .what())
                .isEqualTo("Expected any or public, found \"some\".");
    }

    @Nested
    @DisplayName("are looked at")
    class OnTheWay {

        private static final Duration SHORT = Duration.ofSeconds(2);
        private static final byte[] CONTENT = "weights".getBytes(StandardCharsets.US_ASCII);

        private MirrorServer server;
        /** Stands for the internet: everything here but what lies under /inside/. */
        private final Hosts outside = address -> {
            if (address.getPath().startsWith("/inside/")) throw new Problem("inside", address.toString(), "none");
        };

        @BeforeEach
        void starts() throws IOException {
            server = new MirrorServer();
        }

        @AfterEach
        void ends() {
            server.close();
        }

        private URI sendsOnTo(String name, int status, String location) {
            return server.mirror(name, exchange -> {
                exchange.getResponseHeaders().add("Location", location);
                exchange.sendResponseHeaders(status, -1);
            });
        }

        private String bytes(URI address) {
            try (Requests requests = new Requests(outside, SHORT)) {
                return new String(requests.bytes(address, 100, SHORT), StandardCharsets.US_ASCII);
            }
        }

        private Problem refused(URI address) {
            return catchThrowableOfType(Problem.class, () -> bytes(address));
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void at_each_step_to_where_they_send_on(int status) {
            URI inside = server.mirror("inside", MirrorServer.whole(CONTENT));
            URI first = sendsOnTo("first", status, "/inside/a");
            assertThat(refused(sendsOnTo("zero", status, first + "a").resolve("a"))
                            .what())
                    .isEqualTo("inside");
            assertThat(server.requests()).containsExactly("/zero/a", "/first/a");
            assertThat(inside).isNotNull();
        }

        @Test
        void and_followed_to_the_end() {
            server.mirror("there", MirrorServer.whole(CONTENT));
            assertThat(bytes(sendsOnTo("here", 302, "/there/a").resolve("a"))).isEqualTo("weights");
        }

        @Test
        void but_not_in_a_circle() {
            assertThat(refused(sendsOnTo("here", 302, "/here/a").resolve("a")).what())
                    .isEqualTo("The address sends on more than 5 times.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"file:///etc/passwd", "ftp://example.org/a", "jar:file:/a!/b"})
        void and_never_left_for_something_else_than_the_web(String location) {
            assertThat(refused(sendsOnTo("here", 302, location).resolve("a")).what())
                    .contains("sends on to \"" + location + "\", which is not followed");
        }

        @Test
        void and_give_no_more_than_is_taken() {
            URI longer = server.mirror(
                    "long", MirrorServer.ofUnknownLength("0123456789".repeat(11).getBytes(StandardCharsets.US_ASCII)));
            assertThat(refused(longer.resolve("a")).what())
                    .isEqualTo("The address sends more than the 100 bytes that are taken.");
        }

        @Test
        void and_no_slower_than_is_waited_for() {
            URI slow = server.mirror(
                    "slow", MirrorServer.trickle("0123456789".repeat(9).getBytes(StandardCharsets.US_ASCII)));
            assertThat(refused(slow.resolve("a")).what()).isEqualTo("The address does not send everything in time.");
        }

        @Test
        void and_say_what_they_answer() {
            assertThat(refused(server.mirror("gone", MirrorServer.status(404)).resolve("a"))
                            .what())
                    .isEqualTo("The address answers with HTTP status 404.");
        }
    }
}
