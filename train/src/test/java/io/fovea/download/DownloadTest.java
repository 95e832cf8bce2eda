package io.fovea.download;

import static io.fovea.download.MirrorServer.ofUnknownLength;
import static io.fovea.download.MirrorServer.ranges;
import static io.fovea.download.MirrorServer.silence;
import static io.fovea.download.MirrorServer.status;
import static io.fovea.download.MirrorServer.trickle;
import static io.fovea.download.MirrorServer.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A download")
@Timeout(60)
class DownloadTest {

    /** The bytes "0123456789" a thousand times. */
    private static final byte[] CONTENT = "0123456789".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    private static final RemoteFile FILE =
            new RemoteFile("digits.gz", 10_000, "4c207598af7a20db0e3334dd044399a40e467cb81b37f7ba05a4f76dcbd8fd59");

    private static final String WRONG_SHA256 = "8910fa4c67d5bd0914f9e82dc7578b4d5ea8f4ece8417000f9d0eef1330a9ad5";

    private static final Download DOWNLOAD =
            new Download(new DownloadSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 1));

    @TempDir
    Path folder;

    private MirrorServer server;

    @BeforeEach
    void start() throws IOException {
        server = new MirrorServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path fetch(URI... mirrors) {
        return DOWNLOAD.fetch(FILE, List.of(mirrors), folder, DownloadListener.NONE);
    }

    private Problem problem(URI... mirrors) {
        return catchThrowableOfType(Problem.class, () -> fetch(mirrors));
    }

    private Path part() {
        return folder.resolve("digits.gz.part");
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] wrong() {
        byte[] content = CONTENT.clone();
        content[9_999] = 'x';
        return content;
    }

    @Nested
    @DisplayName("from a good mirror")
    class Good {

        @Test
        void puts_the_file_into_its_place_and_nothing_beside_it() throws IOException {
            Path path = fetch(server.mirror("good", whole(CONTENT)));

            assertThat(path).isEqualTo(folder.resolve("digits.gz")).hasBinaryContent(CONTENT);
            assertThat(names()).containsExactly("digits.gz");
        }

        @Test
        void needs_no_announced_length() {
            assertThat(fetch(server.mirror("good", ofUnknownLength(CONTENT)))).hasBinaryContent(CONTENT);
        }

        @Test
        void makes_the_folder() {
            Path deeper = folder.resolve("a").resolve("b");

            Path path =
                    DOWNLOAD.fetch(FILE, List.of(server.mirror("good", whole(CONTENT))), deeper, DownloadListener.NONE);

            assertThat(path).hasBinaryContent(CONTENT);
        }

        @Test
        void tells_how_far_it_has_come() {
            List<Long> received = new ArrayList<>();
            DOWNLOAD.fetch(FILE, List.of(server.mirror("good", whole(CONTENT))), folder, (file, soFar, total) -> {
                assertThat(file).isEqualTo("digits.gz");
                assertThat(total).isEqualTo(10_000);
                received.add(soFar);
            });

            assertThat(received).isSorted().last().isEqualTo(10_000L);
        }

        @Test
        void asks_nobody_when_the_file_is_there() throws IOException {
            Files.write(folder.resolve("digits.gz"), CONTENT);

            fetch(server.mirror("good", whole(CONTENT)));

            assertThat(server.requests()).isEmpty();
        }

        @Test
        void replaces_a_file_with_the_wrong_content() throws IOException {
            Files.write(folder.resolve("digits.gz"), wrong());

            assertThat(fetch(server.mirror("good", whole(CONTENT)))).hasBinaryContent(CONTENT);
        }
    }

    @Nested
    @DisplayName("that was broken off")
    class BrokenOff {

        @Test
        void goes_on_where_it_stopped() throws IOException {
            Files.write(part(), Arrays.copyOf(CONTENT, 4_000));

            assertThat(fetch(server.mirror("good", ranges(CONTENT, 10_000)))).hasBinaryContent(CONTENT);
            assertThat(server.requests()).containsExactly("/good/digits.gz bytes=4000-");
        }

        @Test
        void goes_on_by_itself_as_long_as_something_comes() {
            assertThat(fetch(server.mirror("shaky", ranges(CONTENT, 3_000)))).hasBinaryContent(CONTENT);
            assertThat(server.requests())
                    .containsExactly(
                            "/shaky/digits.gz",
                            "/shaky/digits.gz bytes=3000-",
                            "/shaky/digits.gz bytes=6000-",
                            "/shaky/digits.gz bytes=9000-");
        }

        @Test
        void goes_on_from_another_mirror() {
            URI first = server.mirror("first", ranges(CONTENT, 100));
            URI second = server.mirror("second", ranges(CONTENT, 10_000));

            assertThat(fetch(first, second)).hasBinaryContent(CONTENT);
            assertThat(server.requests()).last().isEqualTo("/second/digits.gz bytes=500-");
        }

        @Test
        void starts_over_where_the_mirror_knows_no_ranges() throws IOException {
            Files.write(part(), Arrays.copyOf(CONTENT, 4_000));

            assertThat(fetch(server.mirror("plain", whole(CONTENT)))).hasBinaryContent(CONTENT);
        }

        @Test
        void starts_over_when_the_first_part_was_wrong() throws IOException {
            Files.write(part(), "wrong".getBytes(StandardCharsets.US_ASCII));

            assertThat(fetch(server.mirror("good", ranges(CONTENT, 10_000)))).hasBinaryContent(CONTENT);
            assertThat(server.requests()).containsExactly("/good/digits.gz bytes=5-", "/good/digits.gz");
        }

        @Test
        void only_moves_a_part_that_was_complete() throws IOException {
            Files.write(part(), CONTENT);

            assertThat(fetch(server.mirror("good", whole(CONTENT)))).hasBinaryContent(CONTENT);
            assertThat(server.requests()).isEmpty();
        }

        @Test
        void throws_a_part_away_that_is_too_long() throws IOException {
            Files.write(part(), new byte[20_000]);

            assertThat(fetch(server.mirror("good", ranges(CONTENT, 10_000)))).hasBinaryContent(CONTENT);
        }

        @Test
        void keeps_what_came_for_the_next_run() {
            problem(server.mirror("shaky", ranges(CONTENT, 1_000)));

            assertThat(part()).hasBinaryContent(Arrays.copyOf(CONTENT, 5_000));
        }

        @Test
        void keeps_what_came_when_the_next_mirror_has_an_error() throws IOException {
            Files.write(part(), Arrays.copyOf(CONTENT, 4_000));

            problem(server.mirror("broken", status(503)));

            assertThat(part()).hasBinaryContent(Arrays.copyOf(CONTENT, 4_000));
        }
    }

    @Nested
    @DisplayName("from a bad mirror")
    class Bad {

        private final Download impatient = new Download(
                new DownloadSettings(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(300), 1_000));

        private void takesTheNextAfter(URI bad, Download download) {
            URI good = server.mirror("good", whole(CONTENT));
            assertThat(download.fetch(FILE, List.of(bad, good), folder, DownloadListener.NONE))
                    .hasBinaryContent(CONTENT);
            assertThat(server.requests().getLast()).startsWith("/good/digits.gz");
        }

        @Test
        void takes_the_next_after_404() {
            takesTheNextAfter(server.mirror("bad", status(404)), DOWNLOAD);
        }

        @Test
        void takes_the_next_after_wrong_content() {
            takesTheNextAfter(server.mirror("bad", whole(wrong())), DOWNLOAD);
        }

        @Test
        void takes_the_next_after_too_little() {
            takesTheNextAfter(server.mirror("bad", ofUnknownLength(new byte[0])), DOWNLOAD);
        }

        @Test
        void takes_the_next_after_too_much() {
            takesTheNextAfter(server.mirror("bad", ofUnknownLength(new byte[1_000_000])), DOWNLOAD);
        }

        @Test
        void takes_the_next_after_a_refused_connection() {
            takesTheNextAfter(URI.create("http://127.0.0.1:1/"), DOWNLOAD);
        }

        @Test
        void takes_the_next_after_silence() {
            takesTheNextAfter(server.mirror("bad", silence()), impatient);
        }

        @Test
        void takes_the_next_after_a_trickle() {
            takesTheNextAfter(server.mirror("bad", trickle(CONTENT)), impatient);
        }
    }

    @Nested
    @DisplayName("of which only the beginning of the checksum was published")
    class Beginning {

        private final RemoteFile known = new RemoteFile("digits.gz", OptionalLong.empty(), "4c207598");

        private Path fetch(RemoteFile file, URI mirror) {
            return DOWNLOAD.fetch(file, mirror.resolve("digits.gz"), folder, DownloadListener.NONE);
        }

        @Test
        void takes_what_begins_so() {
            assertThat(fetch(known, server.mirror("good", whole(CONTENT)))).hasBinaryContent(CONTENT);
            assertThat(fetch(known, server.mirror("unasked", status(404)))).hasBinaryContent(CONTENT);
        }

        @Test
        void refuses_other_content_and_leaves_nothing() throws IOException {
            URI bad = server.mirror("bad", whole(wrong()));
            assertThatThrownBy(() -> fetch(known, bad))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.where())
                            .isEqualTo(bad + "digits.gz sends other content: SHA-256 beginning with 4c207598 expected, "
                                    + WRONG_SHA256 + " found"));
            assertThat(names()).isEmpty();
        }

        @Test
        void goes_on_where_it_stopped() throws IOException {
            Files.write(part(), Arrays.copyOf(CONTENT, 4_000));
            assertThat(fetch(known, server.mirror("good", ranges(CONTENT, 10_000))))
                    .hasBinaryContent(CONTENT);
            assertThat(server.requests()).containsExactly("/good/digits.gz bytes=4000-");
        }

        @Test
        void starts_over_where_the_part_is_longer_than_the_file() throws IOException {
            Files.write(part(), new byte[20_000]);
            URI good = server.mirror("good", exchange -> {
                if (exchange.getRequestHeaders().getFirst("Range") == null)
                    whole(CONTENT).answer(exchange);
                else status(416).answer(exchange);
            });
            assertThat(fetch(known, good)).hasBinaryContent(CONTENT);
        }

        @Test
        void takes_a_file_without_any_checksum_as_it_comes_and_anew() throws IOException {
            RemoteFile unknown = new RemoteFile("digits.gz", OptionalLong.empty(), "");
            Files.write(part(), "other".getBytes(StandardCharsets.US_ASCII));
            assertThat(fetch(unknown, server.mirror("good", ranges(CONTENT, 10_000))))
                    .hasBinaryContent(CONTENT);
            assertThat(server.requests()).containsExactly("/good/digits.gz");
        }
    }

    @Nested
    @DisplayName("that no mirror delivers")
    class Impossible {

        @Test
        void names_each_mirror_with_its_reason() {
            URI missing = server.mirror("missing", status(404));
            URI page = server.mirror("page", whole("<html>".getBytes(StandardCharsets.US_ASCII)));
            URI damaged = server.mirror("damaged", whole(wrong()));
            URI endless = server.mirror("endless", ofUnknownLength(new byte[10_001]));
            URI tooShort = server.mirror("short", ofUnknownLength(new byte[3]));
            URI nobody = URI.create("http://127.0.0.1:1/");

            Problem problem = problem(missing, page, damaged, endless, tooShort, nobody);

            assertThat(problem.what()).isEqualTo("No mirror delivers the file \"digits.gz\".");
            assertThat(problem.where().split("; "))
                    .containsExactly(
                            missing + "digits.gz answers with HTTP status 404",
                            page + "digits.gz has a file of another size: 10000 bytes expected, 6 announced",
                            damaged + "digits.gz sends other content: SHA-256 " + FILE.sha256() + " expected, "
                                    + WRONG_SHA256 + " found",
                            endless + "digits.gz sends more than the 10000 bytes expected",
                            tooShort + "digits.gz breaks off after 3 of 10000 bytes",
                            nobody + "digits.gz refuses the connection");
            assertThat(problem.remedy())
                    .isEqualTo("check the network connection and run the command again, or put the file into " + folder
                            + " yourself");
        }

        @Test
        void says_that_there_is_no_such_host() {
            assertThat(problem(URI.create("http://nowhere.invalid/")).where())
                    .isEqualTo("http://nowhere.invalid/digits.gz is unknown (no network, or no such host)");
        }

        @Test
        void leaves_nothing_behind_when_nothing_came() throws IOException {
            problem(server.mirror("missing", status(404)));

            assertThat(names()).isEmpty();
        }

        @Test
        void leaves_an_older_file_alone() throws IOException {
            Files.write(folder.resolve("digits.gz"), wrong());

            problem(server.mirror("missing", status(404)));

            assertThat(folder.resolve("digits.gz")).hasBinaryContent(wrong());
        }
    }

    @Nested
    @DisplayName("into a folder with trouble")
    class Folder {

        @Test
        void blames_the_folder_and_not_the_mirrors() throws IOException {
            Path file = Files.writeString(folder.resolve("file"), "");

            assertThatThrownBy(() -> DOWNLOAD.fetch(
                            FILE, List.of(server.mirror("good", whole(CONTENT))), file, DownloadListener.NONE))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).startsWith("The download cannot be written: ");
                        assertThat(problem.where())
                                .isEqualTo(file.resolve("digits.gz.part").toString());
                    });
            assertThat(server.requests()).isEmpty();
        }

        @Test
        void refuses_to_write_what_another_download_is_writing() {
            try (PartialFile other = PartialFile.open(FILE, folder.resolve("digits.gz"))) {
                assertThat(other.size()).isZero();
                assertThat(problem(server.mirror("good", whole(CONTENT))).what())
                        .isEqualTo("This file is being downloaded already.");
            }
        }
    }

    @Nested
    @DisplayName("whose thread is interrupted")
    class Interrupted {

        @Test
        void ends_and_keeps_the_interrupt() {
            URI silent = server.mirror("silent", silence());
            Thread.currentThread().interrupt();

            assertThat(problem(silent).what()).isEqualTo("The download was interrupted.");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void follows_a_mirror_that_has_moved() {
        URI now = server.mirror("now", whole(CONTENT));
        URI before = server.mirror("before", exchange -> {
            exchange.getResponseHeaders().add("Location", now + "digits.gz");
            exchange.sendResponseHeaders(301, -1);
        });

        assertThat(fetch(before)).hasBinaryContent(CONTENT);
    }
}
