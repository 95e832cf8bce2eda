package io.fovea.lab;

import io.fovea.evaluation.Verdict;
import io.fovea.export.ExportReport;
import io.fovea.result.FamiliarityWords;
import io.fovea.result.FeatureResult;
import io.fovea.result.TextTable;
import io.fovea.result.TrainResult;
import io.fovea.result.VerdictWords;
import io.fovea.task.Measure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a lab gave, for people, line by line. */
public final class LabReport {

    private final String command;
    private final double seconds;
    private final List<String> lines = new ArrayList<>();

    private LabReport(String command, double seconds) {
        this.command = command;
        this.seconds = seconds;
    }

    /**
     * Returns the lines.
     *
     * @param command the words that start Fovea here, for commands to go on with
     * @param seconds since the start of the program
     */
    public static List<String> lines(LabResult result, String command, double seconds) {
        LabReport report = new LabReport(command, seconds);
        switch (result) {
            case NetworkResult trained -> report.tell(trained);
            case PhotographResult transferred -> report.tell(transferred);
            case MapResult maps -> report.tell(maps);
            case HybridTables tables -> report.tell(tables);
        }
        return List.copyOf(report.lines);
    }

    /** Tells what a network that was trained from scratch gave. */
    private void tell(NetworkResult result) {
        TrainResult done = result.done();
        lines.addAll(result.remarks());
        lines.add(VerdictWords.ofChosenEpoch(done.verdict(), done.split()));
        tellModel(done.export(), done.runFolder());
        lines.add(String.format(
                Locale.ROOT,
                "Time      %.1f s since the start, %.1f s of them training at %,.0f images/s",
                seconds,
                done.trainingSeconds(),
                done.training().imagesPerSecond()));
        tryIt(done.export().path() + " " + result.example().map(Path::toString).orElse("PICTURE"));
    }

    /** Tells what a head on photographs gave. */
    private void tell(PhotographResult result) {
        FeatureResult done = result.done();
        lines.add(VerdictWords.line(done.verdict(), done.split()));
        tellModel(done.export(), done.runFolder());
        lines.add(String.format(
                Locale.ROOT,
                "Time      %.1f s since the start, %.1f s of them features of %,d pictures, %.2f s the head",
                seconds,
                done.outcome().featureSeconds(),
                done.outcome().pictures(),
                done.outcome().headSeconds()));
        tryIt(done.export().path() + " PICTURE");
    }

    private void tellModel(ExportReport export, Path run) {
        lines.add(FamiliarityWords.line(export.familiarity()));
        lines.add("Model     " + export.path());
        lines.add("Run       " + run);
    }

    private void tryIt(String words) {
        lines.add("");
        lines.add("Try it:   " + command + " predict " + words);
    }

    /** Tells what networks that answer with maps gave. */
    private void tell(MapResult result) {
        lines.addAll(result.remarks());
        List<String> heads = new ArrayList<>(List.of("dataset", "network"));
        for (Measure measure : result.models().getFirst().done().verdict().measures()) heads.add(measure.name());
        heads.addAll(List.of("tested on", "seconds", "images/s"));
        TextTable table = new TextTable(heads.toArray(String[]::new));
        for (MapResult.Trained model : result.models()) table.row(row(model).toArray(String[]::new));
        lines.addAll(table.lines());
        for (MapResult.Trained model : result.models()) {
            lines.add("");
            lines.add("Model     " + model.done().export().path());
            lines.add("See it    " + result.sheet(model));
            result.codes(model).ifPresent(codes -> lines.add("Codes     " + codes));
        }
        lines.add("");
        lines.add(String.format(Locale.ROOT, "Time      %.1f s since the start", seconds));
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

    /** Tells the tables of the lab {@code hybrid}. */
    private void tell(HybridTables tables) {
        for (Table table : tables.tables()) {
            lines.addAll(lines(table));
            lines.add("");
        }
        lines.add("Tables    " + tables.markdown());
        lines.add("          " + tables.csv());
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
