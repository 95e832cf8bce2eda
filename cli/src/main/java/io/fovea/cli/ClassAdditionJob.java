package io.fovea.cli;

import io.fovea.bundle.Bundle;
import io.fovea.hybrid.ClassAddition;
import io.fovea.tensor.Workers;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Adds a class to a model and says what came of it. */
final class ClassAdditionJob {

    private final Console console;

    ClassAdditionJob(Console console) {
        this.console = console;
    }

    int run(ClassAddition addition, int threads, OutputFormat format) {
        ClassAddition.Report report;
        try (Workers workers = new Workers(threads)) {
            report = addition.run(workers);
        }
        int classes = Bundle.open(report.bundle()).manifest().classNames().size();
        switch (format) {
            case TEXT -> print(addition.name(), report, classes);
            case JSON -> console.json(json(addition.name(), report, classes));
        }
        return ExitCode.DONE;
    }

    private void print(String name, ClassAddition.Report report, int classes) {
        report.broken().forEach(problem -> console.problem(problem, OutputFormat.TEXT));
        console.result(String.format(
                Locale.ROOT,
                "\"%s\": %d of %d pictures (%.1f %%) are recognised while they are left out",
                name,
                report.recognised(),
                report.pictures(),
                100.0 * report.recognised() / report.pictures()));
        console.result("references: " + report.references() + " more");
        if (report.golden() > 0) {
            console.result("old classes: " + report.goldenKept() + " of " + report.golden()
                    + " golden pictures keep what they were taken for");
        }
        if (!report.broken().isEmpty())
            console.result("left out: " + report.broken().size() + " unreadable files");
        console.result(String.format(
                Locale.ROOT, "model: %s (%d classes, %,d bytes)", report.bundle(), classes, report.bytes()));
    }

    private static Map<String, Object> json(String name, ClassAddition.Report report, int classes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("className", name);
        json.put("pictures", report.pictures());
        json.put("recognisedWhileLeftOut", report.recognised());
        json.put("references", report.references());
        json.put("golden", report.golden());
        json.put("goldenKept", report.goldenKept());
        json.put("leftOut", report.broken().stream().map(Console::parts).toList());
        json.put("classes", classes);
        json.put("bundle", report.bundle().toString());
        json.put("bytes", report.bytes());
        return json;
    }
}
