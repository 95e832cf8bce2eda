package io.fovea.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks for the file that asks a job to stop, while the job is done: any process that has the folder can ask, on any system. */
public final class StopRequest implements AutoCloseable {

    private static final long MILLISECONDS_BETWEEN_LOOKS = 250;

    private final Path file;
    private final StopSignal signal;
    private final Thread watch;

    /**
     * Begins to look.
     *
     * @param file  whose presence asks
     * @param whole whoever else asks
     */
    public StopRequest(Path file, StopSignal whole) {
        this.file = file;
        signal = new StopSignal(whole);
        watch = Thread.ofPlatform().daemon().name("stop-request").start(this::look);
    }

    /** Returns what is requested once the file is there, or by whoever else asks. */
    public StopSignal signal() {
        return signal;
    }

    private void look() {
        try {
            while (!signal.isRequested()) {
                if (Files.exists(file)) signal.request();
                Thread.sleep(MILLISECONDS_BETWEEN_LOOKS);
            }
        } catch (InterruptedException over) {
            // the job is
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public void close() {
        watch.interrupt();
        remove();
    }
}
