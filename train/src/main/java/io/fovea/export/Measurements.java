package io.fovea.export;

import io.fovea.bundle.Measurement;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Verdict;
import io.fovea.task.Measure;
import java.util.List;
import java.util.Locale;

/** A verdict as the few numbers that travel with the model. */
final class Measurements {

    private Measurements() {}

    static List<Measurement> of(Verdict verdict, Split split) {
        return of(verdict, split.name().toLowerCase(Locale.ROOT));
    }

    /** @param on the examples that were judged, for people */
    static List<Measurement> of(Verdict verdict, String on) {
        return verdict.measures().stream()
                .map(measure -> measurement(measure, on, verdict.count()))
                .toList();
    }

    private static Measurement measurement(Measure measure, String on, long count) {
        double value = measure.value();
        return new Measurement(
                measure.name(),
                on,
                value,
                measure.interval().map(Measure.Interval::low).orElse(value),
                measure.interval().map(Measure.Interval::high).orElse(value),
                count);
    }
}
