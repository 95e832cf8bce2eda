package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.DatasetStatistics;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.dataset.TargetStatistics;
import io.fovea.image.Axis;
import io.fovea.result.DataJson;
import io.fovea.workspace.Shelf;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea data show}: what is in a dataset. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        header = "Show a dataset: classes or targets, parts, sizes, mean and standard deviation.",
        footer = {"", "Example:", "  fovea data show pets"})
final class DataShowCommand extends Verb {

    @Parameters(paramLabel = "NAME", description = "The dataset's name.")
    private String name;

    DataShowCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Path folder = workspace.workspace().existing(Shelf.DATASETS, name);
        try (Dataset dataset = Dataset.open(folder)) {
            switch (output.format()) {
                case JSON -> console.json(DataJson.of(dataset));
                case TEXT -> print(dataset);
            }
        }
        return ExitCode.DONE;
    }

    private void print(Dataset dataset) {
        Preparation form = dataset.preparation();
        DatasetStatistics statistics = dataset.statistics();
        console.result("dataset   " + name + ", in " + dataset.folder());
        console.result("pictures   " + form.height() + "x" + form.width() + ", " + DataJson.word(form.colorMode())
                + ", resized by " + DataJson.word(form.resizeMode())
                + (form.cropMargin() == 0 ? "" : " with a margin of " + form.cropMargin()));
        console.result(
                "mean       " + numbers(statistics.mean()) + " of 0 to 1, per channel, over the training pictures");
        console.result("std        " + numbers(statistics.std()));
        console.result("sha256     " + dataset.contentHash());
        console.result("");
        if (dataset.hasMasks()) printPixels(dataset, statistics);
        else if (!dataset.targets().isEmpty()) printTargets(dataset);
        else printClasses(dataset, statistics);
    }

    private void printTargets(Dataset dataset) {
        Split described = DataJson.described(dataset);
        List<TargetStatistics> all = dataset.targetStatistics(described);
        TextTable table = new TextTable("target", "in", "mean", "std", "smallest", "largest");
        for (int i = 0; i < dataset.targets().size(); i++) {
            TargetStatistics statistics = all.get(i);
            table.row(
                    dataset.targets().get(i).name(),
                    dataset.targets().get(i).axis() == Axis.NONE ? "its unit" : "pixels",
                    number(statistics.mean()),
                    number(statistics.std()),
                    number(statistics.smallest()),
                    number(statistics.largest()));
        }
        table.lines().forEach(console::result);
        console.result("");
        console.result(String.format(
                Locale.ROOT,
                "%,d training, %,d validation and %,d test pictures; the numbers are those of the %s pictures",
                dataset.count(Split.TRAINING),
                dataset.count(Split.VALIDATION),
                dataset.count(Split.TEST),
                DataJson.word(described)));
    }

    /** Prints of every class its share of the labelled pixels. */
    private void printPixels(Dataset dataset, DatasetStatistics statistics) {
        TextTable table = new TextTable("class of pixels", "index", "training", "validation", "test");
        for (int label = 0; label < dataset.classNames().size(); label++) {
            table.row(
                    dataset.classNames().get(label),
                    Integer.toString(label),
                    share(statistics, Split.TRAINING, label),
                    share(statistics, Split.VALIDATION, label),
                    share(statistics, Split.TEST, label));
        }
        table.row(
                "labelled",
                "",
                labelled(dataset, Split.TRAINING),
                labelled(dataset, Split.VALIDATION),
                labelled(dataset, Split.TEST));
        table.row(
                "pictures",
                "",
                count(dataset.count(Split.TRAINING)),
                count(dataset.count(Split.VALIDATION)),
                count(dataset.count(Split.TEST)));
        table.lines().forEach(console::result);
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
        TextTable table = new TextTable("class", "label", "training", "validation", "test");
        for (int label = 0; label < dataset.classNames().size(); label++) {
            table.row(
                    dataset.classNames().get(label),
                    Integer.toString(label),
                    count(statistics.count(Split.TRAINING, label)),
                    count(statistics.count(Split.VALIDATION, label)),
                    count(statistics.count(Split.TEST, label)));
        }
        table.row(
                "all",
                "",
                count(dataset.count(Split.TRAINING)),
                count(dataset.count(Split.VALIDATION)),
                count(dataset.count(Split.TEST)));
        table.lines().forEach(console::result);
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
