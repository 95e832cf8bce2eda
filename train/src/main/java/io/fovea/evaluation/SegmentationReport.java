package io.fovea.evaluation;

import io.fovea.task.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said of a segmentation, in measures, figures and words. */
final class SegmentationReport {

    private static final String NONE = "–";

    private SegmentationReport() {}

    static List<Measure> measures(SegmentationEvaluation evaluation) {
        PixelCounts counts = evaluation.counts();
        Measure mean = Measure.share("mean intersection over union", counts.meanIntersectionOverUnion());
        return List.of(
                evaluation
                        .interval()
                        .map(ends -> mean.within(ends.low(), ends.high()))
                        .orElse(mean),
                Measure.share("pixel accuracy", counts.accuracy()));
    }

    static String words(SegmentationEvaluation evaluation) {
        List<Measure> measures = measures(evaluation);
        String interval = measures.getFirst()
                .intervalWords()
                .map(ends -> "95 % interval " + ends + ", ")
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%s (%s%,d pictures), %s of the labelled pixels right",
                measures.getFirst().words(),
                interval,
                evaluation.count(),
                measures.get(1).words());
    }

    static Map<String, Object> figures(SegmentationEvaluation evaluation) {
        Map<String, Object> figures = new LinkedHashMap<>();
        PixelCounts counts = evaluation.counts();
        figures.put("meanIntersectionOverUnion", counts.meanIntersectionOverUnion());
        evaluation
                .interval()
                .ifPresent(ends -> figures.put("meanIntersectionOverUnionInterval", List.of(ends.low(), ends.high())));
        figures.put("pixelAccuracy", counts.accuracy());
        return figures;
    }

    static Map<String, Object> details(SegmentationEvaluation evaluation) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("pictures", evaluation.count());
        details.putAll(figures(evaluation));
        PixelCounts counts = evaluation.counts();
        details.put("labelledPixels", counts.labelled());
        details.put("classNames", evaluation.classNames());
        List<Map<String, Object>> classes = new ArrayList<>();
        for (int k = 0; k < evaluation.classNames().size(); k++) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("name", evaluation.classNames().get(k));
            each.put("pixels", counts.truth()[k]);
            double score = counts.intersectionOverUnion(k);
            if (!Double.isNaN(score)) each.put("intersectionOverUnion", score);
            classes.add(each);
        }
        details.put("perClass", classes);
        details.put("confusion", evaluation.confusion());
        return details;
    }

    static List<ReportPart> report(SegmentationEvaluation evaluation) {
        PixelCounts counts = evaluation.counts();
        List<List<String>> rows = new ArrayList<>();
        for (int k = 0; k < evaluation.classNames().size(); k++) {
            rows.add(List.of(
                    evaluation.classNames().get(k),
                    share(counts.truth()[k], counts.labelled()),
                    share(counts.hits()[k], counts.predicted()[k]),
                    share(counts.hits()[k], counts.truth()[k]),
                    percent(counts.intersectionOverUnion(k))));
        }
        return List.of(
                new ReportPart.Line(""),
                new ReportPart.Table(List.of("class", "pixels", "precision", "recall", "IoU"), rows));
    }

    private static String share(long part, long whole) {
        return percent(whole == 0 ? Double.NaN : (double) part / whole);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
