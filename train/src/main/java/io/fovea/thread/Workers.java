package io.fovea.thread;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A fixed team of threads that do the parts of one task together; the caller is one of them.
 *
 * <p>Part p always runs on worker p, so sums made per part come out the same on every run with the same number of
 * workers. Not for use by several threads at once.
 */
public final class Workers implements AutoCloseable {

    /** Turns of waiting before a worker goes to sleep: long enough for the gaps within a step, short enough to leave the core to others. */
    private static final int SPINS = 2_000;

    private final Thread[] helpers;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile Round round = new Round(0, part -> {});
    private final Slot[] slots;
    private volatile boolean closed;

    /** One task and its number. */
    private record Round(long number, IntConsumer task) {}

    /** The number of the last round a helper has finished, on a cache line of its own. */
    private static final class Slot {
        volatile long finished;
        @SuppressWarnings("unused") // keeps neighbours off this cache line
        long a, b, c, d, e, f, g, h;
    }

    /** Starts {@code count − 1} daemon threads. */
    public Workers(int count) {
        if (count < 1) throw new IllegalArgumentException("count must be at least 1: " + count);
        helpers = new Thread[count - 1];
        slots = new Slot[count - 1];
        for (int i = 0; i < helpers.length; i++) {
            int part = i + 1;
            slots[i] = new Slot();
            Slot slot = slots[i];
            helpers[i] =
                    Thread.ofPlatform().daemon().name("fovea-worker-" + part).start(() -> work(part, slot));
        }
    }

    /** Returns the number of workers, the caller among them. */
    public int count() {
        return helpers.length + 1;
    }

    /**
     * Runs {@code task} for the parts 0 … count − 1, one per worker, and returns when all are done. What one part wrote,
     * the caller and the parts of later rounds see.
     *
     * @throws RuntimeException or {@link Error} as thrown by a part; all parts have ended by then
     */
    public void run(IntConsumer task) {
        if (closed) throw new IllegalStateException("The workers are closed");
        long number = round.number() + 1;
        round = new Round(number, task);
        for (Thread helper : helpers) LockSupport.unpark(helper);
        try {
            task.accept(0);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
        for (Slot slot : slots) {
            for (int spins = 0; slot.finished != number; spins++) {
                if (spins < SPINS) Thread.onSpinWait();
                else Thread.yield();
            }
        }
        Throwable thrown = failure.getAndSet(null);
        if (thrown instanceof RuntimeException e) throw e;
        if (thrown instanceof Error e) throw e;
    }

    /** Splits {@code length} into one range per worker, whose bounds are multiples of {@code grain}, and runs them. */
    public void ranges(int length, int grain, Range task) {
        int grains = Math.ceilDiv(length, grain);
        run(part -> {
            int from = (int) ((long) grains * part / count()) * grain;
            int to = Math.min(length, (int) ((long) grains * (part + 1) / count()) * grain);
            if (from < to) task.accept(from, to);
        });
    }

    /** Something done to the elements {@code from} (inclusive) to {@code to} (exclusive). */
    @FunctionalInterface
    public interface Range {
        /** Does it. */
        void accept(int from, int to);
    }

    private void work(int part, Slot slot) {
        long done = 0;
        while (true) {
            Round next = round;
            for (int spins = 0; next.number() == done; spins++) {
                if (closed) return;
                if (spins < SPINS) Thread.onSpinWait();
                else LockSupport.park(this);
                next = round;
            }
            try {
                next.task().accept(part);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
            done = next.number();
            slot.finished = done;
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) LockSupport.unpark(helper);
    }
}
