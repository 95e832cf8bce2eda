package io.fovea.terminal;

import io.fovea.training.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a run after a checkpoint: the JVM, asked to end, waits until the run has saved itself.
 *
 * <p>The JVM then ends with 128 plus the signal's number, 130 for Ctrl-C.
 */
public final class Interruption implements AutoCloseable {

    private static final long LONGEST_WAIT_SECONDS = 120;

    private final StopSignal stop = new StopSignal();
    private final CountDownLatch saved = new CountDownLatch(1);
    private final Thread hook;

    public Interruption(Console console) {
        hook = new Thread(() -> {
            stop.request();
            console.progress(System.lineSeparator() + "Stopping after a checkpoint ...");
            try {
                if (!saved.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS))
                    console.progress("The run did not stop in time.");
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Returns what the run listens to. */
    public StopSignal signal() {
        return stop;
    }

    /** Says that the run is over, however it ended. */
    @Override
    public void close() {
        saved.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // the hook is running and has just been told
        }
    }
}
