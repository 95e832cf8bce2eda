package io.fovea.thread;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A place where the parts of one task wait for each other, as often as they need to. What each wrote before, all see after.
 *
 * <p>For parts that run at the same time, such as those of {@link Workers#run}; one that fails must {@link #breakUp} the meeting, or the others
 * wait for ever.
 */
public final class Meeting {

    /** Turns of waiting before a part leaves the core to others. */
    private static final int SPINS = 20_000;

    private final int parts;
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile int held;
    private volatile Throwable broken;

    /** Nobody waits yet. */
    public Meeting(int parts) {
        if (parts < 1) throw new IllegalArgumentException("parts must be at least 1: " + parts);
        this.parts = parts;
    }

    /** Returns how many parts meet. */
    public int parts() {
        return parts;
    }

    /**
     * Waits until every part has come here as often as this one.
     *
     * @throws RuntimeException or {@link Error}: what a part failed with
     */
    public void await() {
        int turn = held;
        if (arrived.incrementAndGet() == parts) {
            arrived.set(0);
            held = turn + 1;
            return;
        }
        for (int spins = 0; held == turn; spins++) {
            if (broken instanceof RuntimeException failure) throw failure;
            if (broken instanceof Error failure) throw failure;
            if (spins < SPINS) Thread.onSpinWait();
            else Thread.yield();
        }
    }

    /** Lets whoever waits, now or later, fail as this part did. */
    public void breakUp(Throwable failure) {
        if (!(failure instanceof RuntimeException || failure instanceof Error))
            throw new IllegalArgumentException("Not thrown by a part", failure);
        broken = failure;
    }
}
