package io.fovea.hybrid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Estimates how long an evolution still takes, by the later half of the generations that were lived: the first are slow, as the JVM compiles while they run. For
 * one thread.
 */
final class TimeLeft {

    private static final int FEWEST = 10;
    private static final long SHORTEST_NANOS = 3_000_000_000L;

    private final List<Long> ends = new ArrayList<>();

    /**
     * Begins anew, as where generations of another kind follow.
     *
     * @param now in nanoseconds of any clock
     */
    void begin(long now) {
        ends.clear();
        ends.add(now);
    }

    /**
     * Counts a generation.
     *
     * @param now  when it ended
     * @param left how many like it are left
     * @return nothing before ten generations and three seconds
     */
    Optional<Duration> after(long now, long left) {
        ends.add(now);
        int lived = ends.size() - 1;
        if (lived < FEWEST || now - ends.getFirst() < SHORTEST_NANOS) return Optional.empty();
        int half = lived / 2;
        double each = (double) (now - ends.get(half)) / (lived - half);
        return Optional.of(Duration.ofNanos((long) (each * left)));
    }
}
