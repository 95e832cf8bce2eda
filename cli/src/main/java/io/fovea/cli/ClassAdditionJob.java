package io.fovea.cli;

import io.fovea.evaluation.Proportion;
import io.fovea.hybrid.ClassAddition;
import io.fovea.hybrid.EvolutionProgress;
import io.fovea.hybrid.GrowthJudgement;
import io.fovea.hybrid.HybridListener;
import io.fovea.hybrid.NewClass;
import io.fovea.job.DataJson;
import io.fovea.problem.Problem;
import io.fovea.thread.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Adds classes to a model and says what came of it. */
final class ClassAdditionJob {

    private final Console console;

    ClassAdditionJob(Console console) {
        this.console = console;
    }

    int run(ClassAddition addition, int threads, OutputFormat format) {
        ClassAddition.Report report;
        try (Workers workers = new Workers(threads)) {
            report = addition.run(new Steps(console), workers);
        }
        switch (format) {
            case TEXT -> print(report);
            case JSON -> console.json(json(addition, report));
        }
        if (report.written().isPresent()) return ExitCode.DONE;
        console.problem(refusal(addition, report), OutputFormat.TEXT); // in JSON it stands among the figures
        return ExitCode.FAILED;
    }

    private static Problem refusal(ClassAddition addition, ClassAddition.Report report) {
        return new Problem(
                "The model would be poor: " + String.join("; ", report.shortfalls()) + ". Nothing was written.",
                addition.model() + " with "
                        + addition.classes().stream()
                                .map(each -> "\"" + each.name() + "\" from " + each.folder())
                                .collect(Collectors.joining(", ")),
                switch (report.way()) {
                    case REFITTED ->
                        "look at the pictures of the new classes: are they of one kind, and of none that the model"
                                + " knows? --force writes it all the same";
                    case APPENDED ->
                        "name the dataset that the model was made from with --data, or make a model of all classes"
                                + " anew; --force writes it all the same";
                });
    }

    private void print(ClassAddition.Report report) {
        report.broken().forEach(problem -> console.problem(problem, OutputFormat.TEXT));
        report.remarks().forEach(console::progress);
        GrowthJudgement judgement = report.judgement();
        console.result(String.format(
                Locale.ROOT,
                "Old classes  %s, %s; before %s",
                words(judgement.oldAfter()),
                report.judgedOn(),
                words(judgement.oldBefore())));
        console.result(String.format(
                Locale.ROOT, "New classes  %s, pictures that were kept out", words(judgement.newAfter())));
        judgement
                .oldAnew()
                .ifPresent(old -> console.result(String.format(
                        Locale.ROOT,
                        "Made anew    %.2f %% of the same pictures of old classes, %.2f %% of new ones: so far the"
                                + " classes can be told apart",
                        old.value() * 100,
                        judgement.newAnew().orElseThrow().value() * 100)));
        for (GrowthJudgement.ClassChange each : judgement.classes()) {
            console.result("  " + each.name() + ": " + words(each.after())
                    + each.before()
                            .map(before -> String.format(Locale.ROOT, "; before %.2f %%", before.value() * 100))
                            .orElse("; new"));
        }
        if (!report.broken().isEmpty())
            console.result("Left out     " + report.broken().size() + " unreadable files");
        report.written().ifPresent(written -> {
            if (!report.shortfalls().isEmpty())
                console.result("Poor, written all the same: " + String.join("; ", report.shortfalls()));
            console.result(String.format(
                    Locale.ROOT,
                    "Engine       %,d bytes with its %,d references",
                    written.engineBytes(),
                    report.references()));
            written.dataset()
                    .ifPresent(name -> console.result(
                            "Dataset      " + name + ": the pictures of all classes, for the next one to be added"));
            console.result(
                    String.format(Locale.ROOT, "Model        %s (%,d bytes)", written.bundle(), written.bytes()));
        });
    }

    private static String words(Proportion share) {
        return String.format(
                Locale.ROOT,
                "%.2f %% of %,d (95 %% interval %.2f to %.2f)",
                share.value() * 100,
                share.count(),
                share.low() * 100,
                share.high() * 100);
    }

    private static Map<String, Object> json(ClassAddition addition, ClassAddition.Report report) {
        GrowthJudgement judgement = report.judgement();
        Map<String, Object> json = new LinkedHashMap<>();
        List<Map<String, Object>> added = new ArrayList<>();
        for (int c = 0; c < addition.classes().size(); c++) {
            NewClass each = addition.classes().get(c);
            added.add(Map.of(
                    "className",
                    each.name(),
                    "folder",
                    each.folder().toString(),
                    "pictures",
                    report.pictures().get(c)));
        }
        json.put("added", added);
        json.put("way", DataJson.word(report.way()));
        json.put("judgedOn", report.judgedOn());
        json.put("oldBefore", share(judgement.oldBefore()));
        json.put("oldAfter", share(judgement.oldAfter()));
        json.put("newAfter", share(judgement.newAfter()));
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("lost", judgement.change().onlyFirst());
        change.put("won", judgement.change().onlySecond());
        change.put("pValue", judgement.change().pValue());
        json.put("oldPictures", change);
        judgement.oldAnew().ifPresent(anew -> json.put("oldAnew", share(anew)));
        judgement.newAnew().ifPresent(anew -> json.put("newAnew", share(anew)));
        List<Map<String, Object>> classes = new ArrayList<>();
        for (GrowthJudgement.ClassChange each : judgement.classes()) {
            Map<String, Object> own = new LinkedHashMap<>();
            own.put("className", each.name());
            each.before().ifPresent(before -> own.put("before", share(before)));
            own.put("after", share(each.after()));
            classes.add(own);
        }
        json.put("classes", classes);
        json.put("references", report.references());
        json.put("shortfalls", report.shortfalls());
        json.put("remarks", report.remarks());
        json.put("leftOut", report.broken().stream().map(Console::parts).toList());
        report.written()
                .ifPresentOrElse(
                        written -> {
                            json.put("engineBytes", written.engineBytes());
                            written.dataset().ifPresent(name -> json.put("dataset", name));
                            json.put("bundle", written.bundle().toString());
                            json.put("bytes", written.bytes());
                        },
                        () -> json.put("problem", Console.parts(refusal(addition, report))));
        return json;
    }

    private static Map<String, Object> share(Proportion share) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("accuracy", share.value());
        json.put("interval", List.of(share.low(), share.high()));
        json.put("pictures", share.count());
        return json;
    }

    /** Says which step begins. */
    private record Steps(Console console) implements HybridListener {

        @Override
        public void began(String step) {
            console.progress(Character.toUpperCase(step.charAt(0)) + step.substring(1) + " ...");
        }

        @Override
        public void evolved(EvolutionProgress progress) {
            throw new IllegalStateException("Nothing evolves when a class is added");
        }
    }
}
