package io.fovea.cli;

import io.fovea.evaluation.Verdict;
import io.fovea.export.ExportReport;
import io.fovea.lab.HybridTables;
import io.fovea.lab.LabResult;
import io.fovea.lab.MapResult;
import io.fovea.lab.NetworkResult;
import io.fovea.lab.PhotographResult;
import io.fovea.lab.Table;
import io.fovea.result.FamiliarityWords;
import io.fovea.result.FeatureResult;
import io.fovea.result.TrainResult;
import io.fovea.result.VerdictWords;
import io.fovea.task.Measure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What labs gave, for people. */
final class LabWords {

    private final Console console;

    LabWords(Console console) {
        this.console = console;
    }

    /** Prints what a lab gave. */
    void print(LabResult result) {
        switch (result) {
            case NetworkResult trained -> print(trained);
            case PhotographResult transferred -> print(transferred);
            case MapResult maps -> print(maps);
            case HybridTables tables -> print(tables);
        }
    }

    /** Prints what a network that was trained from scratch gave. */
    private void print(NetworkResult result) {
        TrainResult done = result.done();
        result.remarks().forEach(console::result);
        console.result(VerdictWords.ofChosenEpoch(done.verdict(), done.split()));
        printModel(done.export(), done.runFolder());
        console.result(String.format(
                Locale.ROOT,
                "Time      %.1f s since the start, %.1f s of them training at %,.0f images/s",
                JvmClock.secondsSinceStart(),
                done.trainingSeconds(),
                done.training().imagesPerSecond()));
        tryIt(done.export().path() + " " + result.example().map(Path::toString).orElse("PICTURE"));
    }

    /** Prints what a head on photographs gave. */
    private void print(PhotographResult result) {
        FeatureResult done = result.done();
        console.result(VerdictWords.line(done.verdict(), done.split()));
        printModel(done.export(), done.runFolder());
        console.result(String.format(
                Locale.ROOT,
                "Time      %.1f s since the start, %.1f s of them features of %,d pictures, %.2f s the head",
                JvmClock.secondsSinceStart(),
                done.outcome().featureSeconds(),
                done.outcome().pictures(),
                done.outcome().headSeconds()));
        tryIt(done.export().path() + " PICTURE");
    }

    private void printModel(ExportReport export, Path run) {
        console.result(FamiliarityWords.line(export.familiarity()));
        console.result("Model     " + export.path());
        console.result("Run       " + run);
    }

    private void tryIt(String words) {
        console.result("");
        console.result("Try it:   " + Launched.command() + " predict " + words);
    }

    /** Prints what networks that answer with maps gave. */
    private void print(MapResult result) {
        result.remarks().forEach(console::result);
        List<String> heads = new ArrayList<>(List.of("dataset", "network"));
        for (Measure measure : result.models().getFirst().done().verdict().measures()) heads.add(measure.name());
        heads.addAll(List.of("tested on", "seconds", "images/s"));
        TextTable table = new TextTable(heads.toArray(String[]::new));
        for (MapResult.Trained model : result.models()) table.row(row(model).toArray(String[]::new));
        table.lines().forEach(console::result);
        for (MapResult.Trained model : result.models()) {
            console.result("");
            console.result("Model     " + model.done().export().path());
            console.result("See it    " + result.sheet(model));
            result.codes(model).ifPresent(codes -> console.result("Codes     " + codes));
        }
        console.result("");
        console.result(String.format(Locale.ROOT, "Time      %.1f s since the start", JvmClock.secondsSinceStart()));
        tryIt(result.models().getLast().done().export().path() + " PICTURE --out answer.png");
    }

    private static List<String> row(MapResult.Trained model) {
        List<String> row = new ArrayList<>(List.of(model.data(), model.network()));
        Verdict verdict = model.done().verdict();
        for (Measure measure : verdict.measures()) {
            row.add(measure.words()
                    + measure.intervalWords().map(ends -> " (" + ends + ")").orElse(""));
        }
        row.add(String.format(Locale.ROOT, "%,d", verdict.count()));
        row.add(String.format(Locale.ROOT, "%.1f", model.seconds()));
        row.add(String.format(Locale.ROOT, "%,.0f", model.done().training().imagesPerSecond()));
        return row;
    }

    /** Prints the tables of the lab {@code hybrid}. */
    private void print(HybridTables tables) {
        for (Table table : tables.tables()) {
            lines(table).forEach(console::result);
            console.result("");
        }
        console.result("Tables    " + tables.markdown());
        console.result("          " + tables.csv());
    }

    /** Returns a table in lines, its title above and its notes below. */
    static List<String> lines(Table table) {
        TextTable text = new TextTable(table.heads().toArray(String[]::new));
        for (List<String> row : table.rows()) text.row(row.toArray(String[]::new));
        List<String> lines = new ArrayList<>(List.of(table.title(), ""));
        lines.addAll(text.lines());
        if (!table.notes().isEmpty()) lines.add("");
        for (String note : table.notes()) lines.add("- " + note);
        return lines;
    }
}
