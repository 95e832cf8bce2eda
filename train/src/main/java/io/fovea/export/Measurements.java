package io.fovea.export;

import io.fovea.bundle.Measurement;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Estimate;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.PointReport;
import io.fovea.evaluation.Proportion;
import io.fovea.evaluation.RegressionEvaluation;
import io.fovea.evaluation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A verdict as the few numbers that travel with the model. */
final class Measurements {

    private Measurements() {}

    static List<Measurement> of(Verdict verdict, Split split) {
        String on = split.name().toLowerCase(Locale.ROOT);
        return switch (verdict) {
            case Evaluation evaluation -> of(evaluation, on);
            case RegressionEvaluation evaluation -> of(evaluation, on);
        };
    }

    static List<Measurement> of(Evaluation evaluation, String on) {
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(measurement("accuracy", on, evaluation.accuracy()));
        if (evaluation.classNames().size() > 5) measurements.add(measurement("top-5 accuracy", on, evaluation.topK(5)));
        return measurements;
    }

    /** The mean error, and that of each point where there are several. */
    private static List<Measurement> of(RegressionEvaluation evaluation, String on) {
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(measurement("mean error in " + evaluation.unit().words(), on, evaluation.meanError()));
        List<PointReport> points = evaluation.points();
        if (points.size() > 1) {
            for (PointReport point : points)
                measurements.add(measurement("mean error of " + point.name() + " in pixels", on, point.meanError()));
        }
        return measurements;
    }

    private static Measurement measurement(String name, String on, Proportion share) {
        return new Measurement(name, on, share.value(), share.low(), share.high(), share.count());
    }

    private static Measurement measurement(String name, String on, Estimate estimate) {
        return new Measurement(name, on, estimate.value(), estimate.low(), estimate.high(), estimate.count());
    }
}
