package io.fovea.daemon;

import io.fovea.signal.Signals;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Hears that the process is to end, from before the first model is loaded; the second time it ends at once. */
final class End implements AutoCloseable {

    private static final int SIGNALLED = 128;

    private final CompletableFuture<Integer> told = new CompletableFuture<>();
    private final Signals signals = new Signals(this::hear);

    private void hear(int signal) {
        if (!told.complete(SIGNALLED + signal)) Runtime.getRuntime().halt(SIGNALLED + signal);
    }

    boolean isTold() {
        return told.isDone();
    }

    /** Waits until it is told, and returns the exit code for it: 128 plus the signal's number. */
    int await() throws InterruptedException {
        try {
            return told.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        signals.close();
    }
}
