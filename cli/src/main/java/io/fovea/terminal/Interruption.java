package io.fovea.terminal;

import io.fovea.signal.Signals;
import io.fovea.training.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets Ctrl-C end a run after a checkpoint: the process then ends with 128 plus the signal's number, 130 for Ctrl-C. */
public final class Interruption implements AutoCloseable {

    private static final long LONGEST_WAIT_SECONDS = 120;
    private static final int RUNNING = 0;
    private static final int SIGNALLED = 128;

    private final Console console;
    private final StopSignal stop = new StopSignal();
    private final CountDownLatch saved = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger(RUNNING);
    private final Signals signals;

    /** Listens from now on. */
    public Interruption(Console console) {
        this.console = console;
        this.signals = new Signals(this::stop);
    }

    private void stop(int signal) {
        if (!exitCode.compareAndSet(RUNNING, SIGNALLED + signal)) return;
        stop.request();
        console.progress(System.lineSeparator() + "Stopping after a checkpoint ...");
        Thread.ofPlatform().daemon().name("waits for the run to stop").start(this::endInTime);
    }

    private void endInTime() {
        try {
            if (saved.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        console.progress("The run did not stop in time.");
        System.exit(exitCode.get());
    }

    /** Returns what the run listens to. */
    public StopSignal signal() {
        return stop;
    }

    /** Says that the run is over, however it ended; ends the process if it was asked to. */
    @Override
    public void close() {
        saved.countDown();
        signals.close();
        if (exitCode.get() != RUNNING) System.exit(exitCode.get());
    }
}
