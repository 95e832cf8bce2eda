package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import io.fovea.result.DataJson;
import io.fovea.result.TextTable;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code fovea data list}: the datasets of the workspace. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List the datasets of the workspace.",
        footer = {"", "Example:", "  fovea data list"})
final class DataListCommand extends Verb {

    DataListCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        TextTable table = new TextTable("dataset", "learns", "training", "validation", "test", "pictures");
        List<Map<String, Object>> entries = new ArrayList<>();
        for (String name : place.names(Shelf.DATASETS)) {
            try (Dataset dataset = Dataset.open(place.dataset(name))) {
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
            } catch (Problem problem) {
                console.problem(problem, OutputFormat.TEXT); // one damaged dataset hides no other
            }
        }
        switch (output.format()) {
            case JSON -> console.json(Map.of("workspace", place.folder().toString(), "datasets", entries));
            case TEXT -> {
                if (entries.isEmpty())
                    console.result("No datasets yet in " + place.folder()
                            + "; \"fovea data import --help\" shows how to make one.");
                else table.lines().forEach(console::result);
            }
        }
        return ExitCode.DONE;
    }

    private static String count(Dataset dataset, Split split) {
        return String.format(Locale.ROOT, "%,d", dataset.count(split));
    }
}
