package io.fovea.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a piece of work will still take, by the pace of its last half; not said before that pace has become even.
 *
 * <p>A JVM begins at a third of its speed, so the first seconds tell nothing. The pace counts as even when the two halves of the time so far differ by less
 * than {@value #EVEN} times, and three seconds are over: then the estimate is within a factor of two of what comes if the pace lasts.
 *
 * <p>Mutable; for one thread.
 */
public final class TimeLeft {

    private static final double EVEN = 1.5;
    private static final Duration LEAST = Duration.ofSeconds(3);
    private static final int MOST_MARKS = 256;

    private record Mark(long nanos, double done) {}

    private final List<Mark> marks = new ArrayList<>();

    /** Nothing is done yet. */
    public TimeLeft() {}

    /**
     * Notes how much is done.
     *
     * @param nanos by a clock that does not jump, {@code System.nanoTime()}
     * @param done  steps, pictures or whatever is counted, from the beginning of the work
     */
    public void mark(long nanos, double done) {
        if (marks.size() == MOST_MARKS) for (int i = MOST_MARKS - 1; i > 0; i -= 2) marks.remove(i);
        marks.add(new Mark(nanos, done));
    }

    /** Returns how long it takes until so much is done; empty while that cannot be told. */
    public Optional<Duration> until(double whole) {
        if (marks.size() < 3) return Optional.empty();
        Mark first = marks.getFirst();
        Mark last = marks.getLast();
        if (last.nanos - first.nanos < LEAST.toNanos()) return Optional.empty();
        long half = first.nanos + (last.nanos - first.nanos) / 2;
        Mark middle = first;
        for (Mark mark : marks) if (mark.nanos <= half) middle = mark;
        double before = pace(first, middle);
        double after = pace(middle, last);
        if (!(after > 0) || !(before > 0)) return Optional.empty();
        if (Math.max(before, after) > EVEN * Math.min(before, after)) return Optional.empty();
        return Optional.of(Duration.ofNanos((long) ((whole - last.done) / after)));
    }

    private static double pace(Mark from, Mark to) {
        return to.nanos == from.nanos ? 0 : (to.done - from.done) / (to.nanos - from.nanos);
    }
}
