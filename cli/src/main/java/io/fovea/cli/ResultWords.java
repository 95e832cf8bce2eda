package io.fovea.cli;

import io.fovea.evaluation.ReportPart;
import io.fovea.result.AddClassResult;
import io.fovea.result.ExportResult;
import io.fovea.result.HybridResult;
import io.fovea.result.ImportResult;
import io.fovea.result.ImportWeightsResult;
import io.fovea.result.JobResult;
import io.fovea.result.ResultReport;
import io.fovea.result.TextTable;
import io.fovea.result.TuneResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.OutputFormat;
import java.util.List;
import java.util.Locale;

/** What came out of a job, for people: its report, and what they can do next. */
final class ResultWords {

    private static final int NAMES_TO_SHOW = 5;

    private final Console console;

    ResultWords(Console console) {
        this.console = console;
    }

    /** Prints it as it was asked for. */
    void print(JobResult result, OutputFormat format) {
        switch (format) {
            case JSON -> console.json(result.json());
            case TEXT -> print(result);
        }
    }

    /** Prints it in lines. */
    void print(JobResult result) {
        remark(result);
        print(ResultReport.of(result));
        hint(result);
    }

    /** Prints the parts of a report. */
    void print(List<ReportPart> report) {
        for (ReportPart part : report) {
            switch (part) {
                case ReportPart.Line(String words) -> console.result(words);
                case ReportPart.Table(List<String> columns, List<List<String>> rows) -> {
                    TextTable table = new TextTable(columns.toArray(String[]::new));
                    rows.forEach(row -> table.row(row.toArray(String[]::new)));
                    table.lines().forEach(console::result);
                }
            }
        }
    }

    /** Says what is no result but should be known. */
    private void remark(JobResult result) {
        switch (result) {
            case ImportResult imported -> imported.asides().forEach(console::progress);
            case ImportWeightsResult imported -> {
                List<String> leftOver = imported.done().fit().leftOver();
                if (!leftOver.isEmpty()) console.progress("Left over: " + some(leftOver));
            }
            case AddClassResult grown ->
                grown.report().broken().forEach(problem -> console.problem(problem, OutputFormat.TEXT));
            default -> {}
        }
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.stream().limit(NAMES_TO_SHOW).toList());
        int rest = names.size() - NAMES_TO_SHOW;
        return rest > 0 ? shown + " and " + rest + " more" : shown;
    }

    /** Says what can be done with it. */
    private void hint(JobResult result) {
        switch (result) {
            case TuneResult tuned ->
                console.result("Go on:    " + Launched.command() + " train --data " + tuned.data() + " --network "
                        + tuned.network() + " --settings " + tuned.bestSettings());
            case HybridResult hybrid -> {
                console.result(String.format(
                        Locale.ROOT,
                        "Time      %.1f s in all: %.1f s fitting heads, %.1f s searching, %.1f s judging",
                        hybrid.outcome().seconds().earlier() + JvmClock.secondsSinceStart(),
                        hybrid.outcome().seconds().head(),
                        hybrid.outcome().seconds().search(),
                        hybrid.outcome().seconds().evaluation() + hybrid.evaluationSeconds()));
                console.result("");
                tryIt(hybrid.export().path() + " PICTURE --neighbours");
            }
            case ExportResult exported -> tryIt(exported.export().path() + " PICTURE --top 5");
            default -> {}
        }
    }

    private void tryIt(String words) {
        console.result("Try it:   " + Launched.command() + " predict " + words);
    }
}
