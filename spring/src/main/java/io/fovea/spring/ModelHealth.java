package io.fovea.spring;

import io.fovea.predict.ReplayReport;
import io.fovea.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether a model still answers as it did when it was made: its golden pictures go through every stage. Down names the stage that differs. Threads
 * share it; one replays at a time.
 */
final class ModelHealth implements HealthIndicator {

    private final ConfiguredModel model;
    private final Duration every;
    private Health last = Health.unknown().build();
    private long replayed; // of System.nanoTime
    private boolean begun;

    /**
     * Of a model.
     *
     * @param every how long what was found is told again
     */
    ModelHealth(ConfiguredModel model, Duration every) {
        this.model = model;
        this.every = every;
    }

    @Override
    public synchronized Health health() {
        if (begun && System.nanoTime() - replayed < every.toNanos()) return last;
        last = found();
        replayed = System.nanoTime();
        begun = true;
        return last;
    }

    private Health found() {
        Health.Builder health =
                new Health.Builder().withDetail("file", model.path().toString());
        if (!model.isReplayed())
            return health.up().withDetail("golden", "skipped").build();
        try {
            Optional<ReplayReport> report = model.replay();
            if (report.isEmpty())
                return health.unknown().withDetail("golden", "not loaded yet").build();
            return health.up()
                    .withDetail("golden", report.get().pictures())
                    .withDetail("largestDifference", report.get().maxAbsDifference())
                    .withDetail("replayed", Instant.now().toString())
                    .build();
        } catch (Problem problem) {
            return health.down().withDetails(problem.parts()).build();
        }
    }
}
