package io.fovea.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An impatient download")
class ImpatientDownloadTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void gives_what_the_download_gives() {
        String fetched = ImpatientDownload.run(
                Duration.ofMinutes(1),
                (download, listener) -> {
                    listener.progressed("letters", 3, 3);
                    return "abc";
                },
                DownloadListener.NONE);
        assertThat(fetched).isEqualTo("abc");
    }

    @Test
    void is_given_up_when_no_byte_comes_in_time() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> ImpatientDownload.run(
                        SHORT,
                        (download, listener) -> {
                            waitFor(never);
                            return "late";
                        },
                        DownloadListener.NONE))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("No byte came within 50 ms.");
    }

    @Test
    void waits_for_the_rest_once_a_byte_has_come() {
        CountDownLatch longAfter = new CountDownLatch(1);
        String fetched = ImpatientDownload.run(
                SHORT,
                (download, listener) -> {
                    listener.progressed("letters", 1, 3);
                    Thread.ofVirtual().start(() -> {
                        sleep(SHORT.multipliedBy(4));
                        longAfter.countDown();
                    });
                    waitFor(longAfter);
                    return "abc";
                },
                DownloadListener.NONE);
        assertThat(fetched).isEqualTo("abc");
    }

    @Test
    void fails_as_the_download_fails() {
        Problem reason = new Problem("No mirror delivers the file.", "nowhere", "check the network");
        assertThatThrownBy(() -> ImpatientDownload.run(
                        Duration.ofMinutes(1),
                        (download, listener) -> {
                            throw reason;
                        },
                        DownloadListener.NONE))
                .isSameAs(reason);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException given) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException given) {
            Thread.currentThread().interrupt();
        }
    }
}
