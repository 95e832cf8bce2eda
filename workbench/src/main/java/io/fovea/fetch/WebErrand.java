package io.fovea.fetch;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Something that is fetched over connections, and given up after a time, whatever it waits for. Threads may share it. */
final class WebErrand {

    private final Duration longest;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("web").factory());

    /** @param longest that all of it may take */
    WebErrand(Duration longest) {
        this.longest = longest;
    }

    /** What is done, which tells of each connection that it opens. */
    interface Way<T> {
        T go(AtomicReference<WebConnection> open) throws IOException;
    }

    /**
     * Does it.
     *
     * @throws Problem          of the way itself
     * @throws IOException      of the way itself
     * @throws TimeoutException if it takes too long; its connection is closed then
     */
    <T> T done(Way<T> way) throws IOException, TimeoutException {
        AtomicReference<WebConnection> open = new AtomicReference<>();
        Future<T> fetched = threads.submit(() -> way.go(open));
        try {
            return fetched.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            Optional.ofNullable(open.get()).ifPresent(WebConnection::close); // wakes whoever reads from it
            fetched.cancel(true);
            throw late;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Problem problem) throw problem;
            if (failure.getCause() instanceof IOException broken) throw broken;
            throw new IOException(String.valueOf(failure.getCause().getMessage()), failure.getCause());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new Problem("The workbench ends.", "what is fetched", "start it again");
        }
    }
}
