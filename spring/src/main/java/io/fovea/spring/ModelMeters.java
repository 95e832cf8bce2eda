package io.fovea.spring;

import io.fovea.predict.Answer;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionListener;
import io.fovea.predict.Unfamiliarity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Meters of a model: {@code fovea.stage} (timer; tags {@code model}, {@code stage}) and {@code fovea.answers} (counter; tags {@code model}, {@code
 * class}, {@code familiar}). Threads share it.
 */
final class ModelMeters implements PredictionListener {

    /** What a tag says that does not apply: the class of a mask, the familiarity where the model cannot tell. */
    private static final String NONE = "none";

    private final String model;
    private final MeterRegistry registry;
    private final Map<Stage, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Counted, Counter> counters = new ConcurrentHashMap<>();

    /** Answers that are counted together. */
    private record Counted(String className, String familiar) {}

    ModelMeters(String model, MeterRegistry registry) {
        this.model = model;
        this.registry = registry;
    }

    @Override
    public void finished(Stage stage, int pictures, long nanoseconds) {
        timers.computeIfAbsent(stage, this::timer).record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    @Override
    public void answered(Answer answer) {
        counters.computeIfAbsent(counted(answer), this::counter).increment();
    }

    private static Counted counted(Answer answer) {
        if (!(answer instanceof Prediction prediction)) return new Counted(NONE, NONE);
        Optional<Unfamiliarity> unfamiliarity = prediction.unfamiliarity();
        return new Counted(
                prediction.best().name(),
                unfamiliarity.map(each -> Boolean.toString(each.familiar())).orElse(NONE));
    }

    private Timer timer(Stage stage) {
        return Timer.builder("fovea.stage")
                .description("Time of a step from a picture to its answer; of a batch once")
                .tag("model", model)
                .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter counter(Counted counted) {
        return Counter.builder("fovea.answers")
                .description("Answers of a model")
                .tag("model", model)
                .tag("class", counted.className())
                .tag("familiar", counted.familiar())
                .register(registry);
    }
}
