package io.fovea.cli;

import io.fovea.task.Measure;
import io.fovea.training.CrossValidation;
import io.fovea.training.FoldReport;
import io.fovea.training.Trainer;
import io.fovea.training.ValidationResult;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code fovea train --folds}. */
final class FoldsJob {

    private final Console console;
    private final Workspace workspace;

    FoldsJob(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    /** @param plan whose model's name says how many folds there are */
    int run(TrainingPlan plan, int folds, OutputFormat format) {
        CrossValidation validation =
                new CrossValidation(plan.dataset(), plan.network(), plan.settings(), plan.startOfFold());
        validation.check(folds);
        try (RunChoice choice = RunChoice.choose(workspace, plan)) {
            Optional<FoldReport> report;
            try (Interruption interruption = new Interruption(console)) {
                report = validation.run(
                        folds,
                        choice.folder(),
                        fold -> {
                            console.progress("Fold " + fold + " of " + folds);
                            return new TrainingConsole(console);
                        },
                        interruption.signal());
                // said before the process may end
                if (report.isEmpty()) {
                    console.progress("The same command goes on from here; the runs are in " + choice.folder());
                }
            }
            if (report.isEmpty()) return ExitCode.FAILED;
            Map<String, Object> json = asJson(plan, report.get());
            json.put("run", choice.folder().toString());
            json.put("remarks", remarks(choice.folder(), folds));
            choice.finish(Console.asJson(json));
            switch (format) {
                case JSON -> console.json(json);
                case TEXT -> {
                    print(report.get());
                    console.result("Runs      " + choice.folder());
                }
            }
            return ExitCode.DONE;
        }
    }

    private static List<String> remarks(Path folder, int folds) {
        return IntStream.rangeClosed(1, folds)
                .mapToObj(fold -> Trainer.remarks(folder.resolve("fold-" + fold)))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private void print(FoldReport report) {
        String title = title(report.measure());
        TextTable table = new TextTable("Fold", "Best epoch", "Loss", title);
        for (int i = 0; i < report.folds().size(); i++) {
            ValidationResult fold = report.folds().get(i);
            table.row(
                    Integer.toString(i + 1),
                    Integer.toString(fold.epoch()),
                    String.format(Locale.ROOT, "%.4f", fold.loss()),
                    fold.measure().words());
        }
        table.lines().forEach(console::result);
        console.result("");
        Measure mean = report.measure();
        console.result(String.format(
                Locale.ROOT,
                "%-9s %s ± %s (95 %% interval), deviation %s",
                title,
                mean.words(),
                like(mean, report.halfWidth()),
                like(mean, report.deviation())));
    }

    private static String like(Measure measure, double value) {
        return new Measure(measure.name(), value, Optional.empty(), measure.unit(), measure.better()).words();
    }

    /** Returns a measure's name as the head of a column. */
    static String title(Measure measure) {
        return measure.name().substring(0, 1).toUpperCase(Locale.ROOT)
                + measure.name().substring(1);
    }

    private static Map<String, Object> asJson(TrainingPlan plan, FoldReport report) {
        String measure = report.measure().name();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", plan.dataset().name());
        json.put("network", plan.network().name());
        json.put(
                "folds",
                report.folds().stream().map(fold -> fold.measure().value()).toList());
        json.put(measure, report.mean());
        json.put("deviation", report.deviation());
        json.put(measure + "Interval", List.of(report.mean() - report.halfWidth(), report.mean() + report.halfWidth()));
        json.put("seed", plan.settings().seed());
        return json;
    }
}
