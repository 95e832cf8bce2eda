package io.fovea.result;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.DatasetStatistics;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.dataset.TargetStatistics;
import io.fovea.evaluation.ReportPart;
import io.fovea.image.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is in a dataset, in lines and tables for people: classes, targets or shares of pixels, parts, sizes, mean and deviation. */
public final class DatasetReport {

    private final List<ReportPart> parts = new ArrayList<>();

    private DatasetReport() {}

    /** Returns the parts of the report, in their order. */
    public static List<ReportPart> of(Dataset dataset) {
        DatasetReport report = new DatasetReport();
        report.add(dataset);
        return List.copyOf(report.parts);
    }

    private void line(String words) {
        parts.add(new ReportPart.Line(words));
    }

    private void add(Dataset dataset) {
        Preparation form = dataset.preparation();
        DatasetStatistics statistics = dataset.statistics();
        line("dataset   " + dataset.name() + ", in " + dataset.folder());
        line("pictures   " + form.height() + "x" + form.width() + ", " + DataJson.word(form.colorMode())
                + ", resized by " + DataJson.word(form.resizeMode())
                + (form.cropMargin() == 0 ? "" : " with a margin of " + form.cropMargin()));
        line("mean       " + numbers(statistics.mean()) + " of 0 to 1, per channel, over the training pictures");
        line("std        " + numbers(statistics.std()));
        line("sha256     " + dataset.contentHash());
        line("");
        if (dataset.hasMasks()) printPixels(dataset, statistics);
        else if (!dataset.targets().isEmpty()) printTargets(dataset);
        else printClasses(dataset, statistics);
    }

    private void printTargets(Dataset dataset) {
        Split described = DataJson.described(dataset);
        List<TargetStatistics> all = dataset.targetStatistics(described);
        List<String> heads = List.of("target", "in", "mean", "std", "smallest", "largest");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < dataset.targets().size(); i++) {
            TargetStatistics statistics = all.get(i);
            rows.add(List.of(
                    dataset.targets().get(i).name(),
                    dataset.targets().get(i).axis() == Axis.NONE ? "its unit" : "pixels",
                    number(statistics.mean()),
                    number(statistics.std()),
                    number(statistics.smallest()),
                    number(statistics.largest())));
        }
        parts.add(new ReportPart.Table(heads, rows));
        line("");
        line(String.format(
                Locale.ROOT,
                "%,d training, %,d validation and %,d test pictures; the numbers are those of the %s pictures",
                dataset.count(Split.TRAINING),
                dataset.count(Split.VALIDATION),
                dataset.count(Split.TEST),
                DataJson.word(described)));
    }

    /** Prints of every class its share of the labelled pixels. */
    private void printPixels(Dataset dataset, DatasetStatistics statistics) {
        List<String> heads = List.of("class of pixels", "index", "training", "validation", "test");
        List<List<String>> rows = new ArrayList<>();
        for (int label = 0; label < dataset.classNames().size(); label++) {
            rows.add(List.of(
                    dataset.classNames().get(label),
                    Integer.toString(label),
                    share(statistics, Split.TRAINING, label),
                    share(statistics, Split.VALIDATION, label),
                    share(statistics, Split.TEST, label)));
        }
        rows.add(List.of(
                "labelled",
                "",
                labelled(dataset, Split.TRAINING),
                labelled(dataset, Split.VALIDATION),
                labelled(dataset, Split.TEST)));
        rows.add(List.of(
                "pictures",
                "",
                count(dataset.count(Split.TRAINING)),
                count(dataset.count(Split.VALIDATION)),
                count(dataset.count(Split.TEST))));
        parts.add(new ReportPart.Table(heads, rows));
    }

    private static String share(DatasetStatistics statistics, Split split, int label) {
        return statistics.labelledPixels(split) == 0 ? "–" : percent(statistics.share(split, label));
    }

    /** Returns the share of all pixels that have a class. */
    private static String labelled(Dataset dataset, Split split) {
        Preparation form = dataset.preparation();
        long all = (long) dataset.count(split) * form.height() * form.width();
        return all == 0 ? "–" : percent((double) dataset.statistics().labelledPixels(split) / all);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private void printClasses(Dataset dataset, DatasetStatistics statistics) {
        List<String> heads = List.of("class", "label", "training", "validation", "test");
        List<List<String>> rows = new ArrayList<>();
        for (int label = 0; label < dataset.classNames().size(); label++) {
            rows.add(List.of(
                    dataset.classNames().get(label),
                    Integer.toString(label),
                    count(statistics.count(Split.TRAINING, label)),
                    count(statistics.count(Split.VALIDATION, label)),
                    count(statistics.count(Split.TEST, label))));
        }
        rows.add(List.of(
                "all",
                "",
                count(dataset.count(Split.TRAINING)),
                count(dataset.count(Split.VALIDATION)),
                count(dataset.count(Split.TEST))));
        parts.add(new ReportPart.Table(heads, rows));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String count(int pictures) {
        return String.format(Locale.ROOT, "%,d", pictures);
    }

    private static String numbers(float[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(c -> String.format(Locale.ROOT, "%.4f", values[c]))
                .collect(Collectors.joining(", "));
    }
}
