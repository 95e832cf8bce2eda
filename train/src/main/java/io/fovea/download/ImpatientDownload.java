package io.fovea.download;

import io.fovea.problem.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * A download that is given up unless its first byte comes in time, whatever the time is lost with: looking up a name, connecting, waiting for an answer.
 *
 * <p>Once bytes come it may take as long as it needs, but not stand still.
 */
public final class ImpatientDownload {

    /** How long to wait for the first byte; what follows has room until ten seconds are over. */
    public static final Duration FIRST_BYTE = Duration.ofSeconds(7);

    private static final DownloadSettings SETTINGS =
            new DownloadSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 2_000);

    private ImpatientDownload() {}

    /**
     * Returns what a download gives.
     *
     * @param firstByte how long to wait for the first byte
     * @param fetch     what to do with a download and its listener
     * @param listener  is told of the progress
     * @throws Problem if the first byte does not come in time, or as the download does
     */
    public static <T> T run(
            Duration firstByte, BiFunction<Download, DownloadListener, T> fetch, DownloadListener listener) {
        CountDownLatch begunOrEnded = new CountDownLatch(1);
        CompletableFuture<T> outcome = new CompletableFuture<>();
        // A thread that looks up a name cannot be interrupted; a daemon does not keep the program from ending.
        Thread thread = Thread.ofPlatform().daemon().name("download").start(() -> {
            try {
                outcome.complete(fetch.apply(new Download(SETTINGS), (file, received, total) -> {
                    begunOrEnded.countDown();
                    listener.progressed(file, received, total);
                }));
            } catch (RuntimeException | Error failure) {
                outcome.completeExceptionally(failure);
            } finally {
                begunOrEnded.countDown();
            }
        });
        try {
            if (!begunOrEnded.await(firstByte.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.interrupt();
                throw new Problem(
                        "No byte came within " + firstByte.toMillis() + " ms.",
                        "no answer came within " + firstByte.toSeconds() + " seconds",
                        "check the network connection");
            }
            return outcome.join();
        } catch (InterruptedException interrupt) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new Problem("The download was interrupted.", "download", "run the command again", interrupt);
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof Problem problem) throw problem;
            throw failure;
        }
    }
}
