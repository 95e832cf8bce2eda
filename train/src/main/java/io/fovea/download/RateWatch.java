package io.fovea.download;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes a stream that delivers too slowly, for a read of it waits without end.
 *
 * <p>A thread of its own wakes once in each window and compares what came in since with what should have come.
 */
final class RateWatch implements AutoCloseable {

    private final DownloadSettings settings;
    private final InputStream watched;
    private final AtomicLong received = new AtomicLong();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean wasTooSlow;

    RateWatch(InputStream watched, DownloadSettings settings) {
        this.settings = settings;
        this.watched = watched;
        Thread.ofVirtual().name("fovea-rate-watch").start(this::watch);
    }

    private void watch() {
        double expected = settings.leastRate() * settings.rateWindow().toNanos() / 1e9;
        try {
            long before = received.get();
            while (!finished.await(settings.rateWindow().toNanos(), TimeUnit.NANOSECONDS)) {
                long now = received.get();
                if (now - before < expected) {
                    wasTooSlow = true;
                    watched.close();
                    return;
                }
                before = now;
            }
        } catch (InterruptedException | IOException end) {
            // The stream is gone either way; its reader tells why.
        }
    }

    /** Counts bytes that came in. */
    void received(int bytes) {
        received.addAndGet(bytes);
    }

    /** Returns whether the stream was closed for its slowness. */
    boolean wasTooSlow() {
        return wasTooSlow;
    }

    /** Ends the watch. */
    @Override
    public void close() {
        finished.countDown();
    }
}
