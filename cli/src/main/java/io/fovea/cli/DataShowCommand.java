package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.DatasetStatistics;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.workspace.Shelf;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea data show}: what is in a dataset. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        header = "Show a dataset: classes, parts, sizes, mean and standard deviation.",
        footer = {"", "Example:", "  fovea data show pets"})
final class DataShowCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "NAME", description = "The dataset's name.")
    private String name;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    DataShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path folder = workspace.workspace().existing(Shelf.DATASETS, name);
        try (Dataset dataset = Dataset.open(folder)) {
            switch (output.format()) {
                case JSON -> console.json(asJson(dataset));
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
                + ", resized by " + DataJson.word(form.resizeMode()));
        console.result(
                "mean       " + numbers(statistics.mean()) + " of 0 to 1, per channel, over the training pictures");
        console.result("std        " + numbers(statistics.std()));
        console.result("sha256     " + dataset.contentHash());
        console.result("");
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

    private static String count(int pictures) {
        return String.format(Locale.ROOT, "%,d", pictures);
    }

    private static String numbers(float[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(c -> String.format(Locale.ROOT, "%.4f", values[c]))
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Object> asJson(Dataset dataset) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", dataset.name());
        json.put("folder", dataset.folder().toString());
        json.put("classNames", dataset.classNames());
        json.put("pictures", DataJson.counts(dataset.statistics()));
        json.put("picturesPerClass", DataJson.countsPerClass(dataset.statistics()));
        json.put("height", dataset.preparation().height());
        json.put("width", dataset.preparation().width());
        json.put("colorMode", DataJson.word(dataset.preparation().colorMode()));
        json.put("resizeMode", DataJson.word(dataset.preparation().resizeMode()));
        json.put("mean", dataset.statistics().mean());
        json.put("std", dataset.statistics().std());
        json.put("contentHash", dataset.contentHash());
        return json;
    }
}
