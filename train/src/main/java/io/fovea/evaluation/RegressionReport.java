package io.fovea.evaluation;

import io.fovea.task.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is said of a regression, in measures, figures and words. */
final class RegressionReport {

    private RegressionReport() {}

    /** The mean error, and that of each point where there are several. */
    static List<Measure> measures(RegressionEvaluation evaluation) {
        List<Measure> measures = new ArrayList<>();
        Measure.Unit unit = evaluation.unit() == ErrorUnit.PIXELS ? Measure.Unit.PIXELS : Measure.Unit.VALUE;
        measures.add(measure("mean error in " + evaluation.unit().words(), evaluation.meanError(), unit));
        List<PointReport> points = evaluation.points();
        if (points.size() > 1) {
            for (PointReport point : points)
                measures.add(measure(
                        "mean error of " + point.name() + " in pixels", point.meanError(), Measure.Unit.PIXELS));
        }
        return measures;
    }

    private static Measure measure(String name, Estimate estimate, Measure.Unit unit) {
        return new Measure(name, estimate.value(), Optional.empty(), unit, Measure.Better.LOWER)
                .within(estimate.low(), estimate.high());
    }

    static String words(RegressionEvaluation values) {
        Estimate error = values.meanError();
        String mean = String.format(
                Locale.ROOT,
                "%.2f %s (95 %% interval %.2f to %.2f, %,d pictures; guessing the mean: %.2f)",
                error.value(),
                values.unit().words(),
                error.low(),
                error.high(),
                error.count(),
                values.guessError());
        if (values.points().isEmpty()) return mean;
        return mean
                + String.format(
                        Locale.ROOT, ", %.2f along each side (guessing: %.2f)", perTarget(values), perGuess(values));
    }

    /** Returns the mean over the targets of each one's mean absolute error. */
    private static double perTarget(RegressionEvaluation values) {
        return values.targetReports().stream()
                .mapToDouble(report -> report.meanAbsolute().value())
                .average()
                .orElseThrow();
    }

    private static double perGuess(RegressionEvaluation values) {
        return values.targetReports().stream()
                .mapToDouble(TargetReport::guessMeanAbsolute)
                .average()
                .orElseThrow();
    }

    static Map<String, Object> figures(RegressionEvaluation values) {
        Estimate error = values.meanError();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("error", error.value());
        figures.put("errorInterval", List.of(error.low(), error.high()));
        figures.put("errorUnit", values.unit().words());
        figures.put("errorOfGuessing", values.guessError());
        figures.put("meanAbsoluteError", perTarget(values));
        figures.put("meanAbsoluteErrorOfGuessing", perGuess(values));
        Map<String, Object> points = new LinkedHashMap<>();
        for (PointReport point : values.points())
            points.put(point.name(), point.meanError().value());
        if (!points.isEmpty()) figures.put("distances", points);
        return figures;
    }

    static Map<String, Object> details(RegressionEvaluation values) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("pictures", values.count());
        details.putAll(figures(values));
        details.put(
                "perTarget",
                values.targetReports().stream().map(RegressionReport::details).toList());
        return details;
    }

    private static Map<String, Object> details(TargetReport report) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("name", report.target().name());
        details.put("axis", report.target().axis().name().toLowerCase(Locale.ROOT));
        details.put("rootMeanSquareError", report.rootMeanSquare());
        details.put("meanAbsoluteError", report.meanAbsolute());
        details.put("guessMeanAbsoluteError", report.guessMeanAbsolute());
        return details;
    }

    static List<ReportPart> report(RegressionEvaluation evaluation) {
        List<ReportPart> parts = new ArrayList<>();
        parts.add(new ReportPart.Line(""));
        if (evaluation.points().size() > 1) {
            parts.add(new ReportPart.Table(
                    List.of("point", "mean error", "guessing"),
                    evaluation.points().stream()
                            .map(report -> List.of(
                                    report.name(), number(report.meanError().value()), number(report.guessError())))
                            .toList()));
            parts.add(new ReportPart.Line(""));
        }
        parts.add(new ReportPart.Table(
                List.of("target", "RMSE", "mean absolute error", "guessing"),
                evaluation.targetReports().stream()
                        .map(report -> List.of(
                                report.target().name(),
                                number(report.rootMeanSquare().value()),
                                number(report.meanAbsolute().value()),
                                number(report.guessMeanAbsolute())))
                        .toList()));
        return parts;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
