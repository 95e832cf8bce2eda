package io.fovea.evaluation;

import io.fovea.task.Measure;
import io.fovea.task.Proportion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said of a classifier, in measures, figures and words. */
final class ClassificationReport {

    private static final int PAIRS_TO_SHOW = 5;

    /** More classes than these are summed up. */
    private static final int MOST_CLASSES_TO_SHOW = 50;

    private static final int CLASSES_OF_SUMMARY = 10;

    /** Stands where there is nothing to count. */
    private static final String NONE = "–";

    private ClassificationReport() {}

    static List<Measure> measures(Evaluation evaluation) {
        List<Measure> measures = new ArrayList<>();
        measures.add(share("accuracy", evaluation.accuracy()));
        if (evaluation.classNames().size() > 5) measures.add(share("top-5 accuracy", evaluation.topK(5)));
        return measures;
    }

    private static Measure share(String name, Proportion share) {
        return Measure.share(name, share.value()).within(share.low(), share.high());
    }

    /** Returns for example {@code 98.71 % (95 % interval 98.47 to 98.91 %, 10,000 pictures)}. */
    static String words(Proportion accuracy) {
        return String.format(
                Locale.ROOT,
                "%.2f %% (95 %% interval %.2f to %.2f %%, %,d pictures)",
                accuracy.value() * 100,
                accuracy.low() * 100,
                accuracy.high() * 100,
                accuracy.count());
    }

    static Map<String, Object> figures(Evaluation evaluation) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("accuracy", evaluation.accuracy().value());
        figures.put(
                "accuracyInterval",
                List.of(evaluation.accuracy().low(), evaluation.accuracy().high()));
        return figures;
    }

    static Map<String, Object> details(Evaluation evaluation) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("pictures", evaluation.count());
        details.putAll(figures(evaluation));
        if (evaluation.meaning() == Evaluation.Meaning.LOGITS) details.put("meanLoss", evaluation.meanLoss());
        details.put("macroAverage", evaluation.macro());
        details.put("classNames", evaluation.classNames());
        // a million numbers belong into a file
        if (evaluation.classNames().size() <= MOST_CLASSES_TO_SHOW) details.put("confusion", evaluation.confusion());
        return details;
    }

    static List<ReportPart> report(Evaluation evaluation) {
        List<ReportPart> parts = new ArrayList<>();
        if (evaluation.meaning() == Evaluation.Meaning.LOGITS)
            parts.add(new ReportPart.Line(String.format(Locale.ROOT, "Mean loss  %.4f", evaluation.meanLoss())));
        parts.add(new ReportPart.Line(""));
        List<ClassReport> all = evaluation.classes();
        boolean few = all.size() <= MOST_CLASSES_TO_SHOW;
        if (!few) summary(evaluation, all).forEach(words -> parts.add(new ReportPart.Line(words)));
        parts.add(new ReportPart.Table(
                List.of("class", "pictures", "precision", "recall", "F1"),
                (few ? all : leastFound(all))
                        .stream().map(ClassificationReport::cells).toList()));
        List<ConfusedPair> pairs = evaluation.mostConfused(PAIRS_TO_SHOW);
        if (!pairs.isEmpty()) parts.add(new ReportPart.Line(""));
        for (ConfusedPair pair : pairs) {
            parts.add(new ReportPart.Line(String.format(
                    Locale.ROOT,
                    "%,d times \"%s\" was taken for \"%s\"",
                    pair.count(),
                    evaluation.classNames().get(pair.label()),
                    evaluation.classNames().get(pair.predicted()))));
        }
        return parts;
    }

    /** Says of many classes what a person can take in; the rest is for files. */
    private static List<String> summary(Evaluation evaluation, List<ClassReport> all) {
        long present = all.stream().filter(report -> report.support() > 0).count();
        return List.of(
                "Top five   " + words(evaluation.topK(5)),
                String.format(
                        Locale.ROOT,
                        "Classes    %,d, %,d of them with pictures here; mean recall of these %.2f %%",
                        all.size(),
                        present,
                        evaluation.macro().recall() * 100),
                "Every class and confusion: --output DIR writes them as tables.",
                "",
                "The classes with the lowest recall:");
    }

    private static List<ClassReport> leastFound(List<ClassReport> all) {
        return all.stream()
                .filter(report -> report.support() > 0)
                .sorted(Comparator.comparingDouble(report -> report.recall().value()))
                .limit(CLASSES_OF_SUMMARY)
                .toList();
    }

    /** A class without pictures has no recall, and one that was never predicted no precision. */
    private static List<String> cells(ClassReport report) {
        boolean present = report.support() > 0;
        return List.of(
                report.name(),
                String.format(Locale.ROOT, "%,d", report.support()),
                share(report.precision()),
                share(report.recall()),
                present ? String.format(Locale.ROOT, "%.3f", report.f1()) : NONE);
    }

    private static String share(Proportion share) {
        return share.count() == 0 ? NONE : String.format(Locale.ROOT, "%.1f %%", share.value() * 100);
    }
}
