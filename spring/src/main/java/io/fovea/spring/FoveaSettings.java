package io.fovea.spring;

import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code fovea.*}.
 *
 * @param models the models, by the names that their beans have
 * @param health how the health of models is found
 */
@ConfigurationProperties(prefix = FoveaSettings.PREFIX, ignoreUnknownFields = false)
public record FoveaSettings(
        @DefaultValue Map<String, ModelSettings> models,
        @DefaultValue HealthSettings health) {

    static final String PREFIX = "fovea";

    /** When golden pictures are replayed. */
    public enum Golden {
        /** At the start, which a difference stops, and whenever health is asked for. */
        REPLAY,
        /** Whenever health is asked for: an application with a model that differs starts, and is down. */
        HEALTH,
        /** Never. */
        SKIP
    }

    /**
     * A model.
     *
     * @param path    the model file
     * @param threads how many threads compute one prediction; 0 decides by the size of the network
     * @param golden  when its golden pictures are replayed
     */
    public record ModelSettings(
            Path path,
            @DefaultValue("0") int threads,
            @DefaultValue("replay") Golden golden) {}

    /**
     * How health is found.
     *
     * @param replayEvery how long what a replay found is told again before the next
     */
    public record HealthSettings(@DefaultValue("1m") Duration replayEvery) {}

    /** Checks what can be checked without a file. */
    public FoveaSettings {
        models = Map.copyOf(models);
        models.forEach((name, model) -> {
            String property = "property " + PREFIX + ".models." + name;
            if (model.path() == null)
                throw new Problem(
                        "The model \"" + name + "\" has no path", property + ".path", "set it to the model file");
            if (model.threads() < 0)
                throw new Problem(
                        "Expected 0 threads or more, found " + model.threads(),
                        property + ".threads",
                        "leave it out, or set it to 1 or more");
        });
        if (health.replayEvery().isNegative())
            throw new Problem(
                    "Expected a duration of 0 or more, found " + health.replayEvery(),
                    "property " + PREFIX + ".health.replay-every",
                    "set it to a time such as 1m, or 0 to replay whenever health is asked for");
    }
}
