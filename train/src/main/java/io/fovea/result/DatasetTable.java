package io.fovea.result;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Datasets side by side, as a table for people and as objects for programs. For one thread. */
public final class DatasetTable {

    private final TextTable table = new TextTable("dataset", "learns", "training", "validation", "test", "pictures");
    private final List<Map<String, Object>> entries = new ArrayList<>();

    /** Adds a dataset. */
    public void add(String name, Dataset dataset) {
        Preparation form = dataset.preparation();
        table.row(
                name,
                dataset.targets().isEmpty()
                        ? dataset.classNames().size() + " classes" + (dataset.hasMasks() ? " of pixels" : "")
                        : dataset.targets().size() + " targets",
                count(dataset, Split.TRAINING),
                count(dataset, Split.VALIDATION),
                count(dataset, Split.TEST),
                form.height() + "x" + form.width() + " " + DataJson.word(form.colorMode()));
        entries.add(DataJson.summary(name, dataset));
    }

    private static String count(Dataset dataset, Split split) {
        return String.format(Locale.ROOT, "%,d", dataset.count(split));
    }

    /** Returns the lines of the table. */
    public List<String> lines() {
        return table.lines();
    }

    /** Returns all of them, in their order. */
    public List<Map<String, Object>> entries() {
        return List.copyOf(entries);
    }
}
