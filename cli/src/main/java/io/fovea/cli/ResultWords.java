package io.fovea.cli;

import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Proportion;
import io.fovea.evaluation.ReportPart;
import io.fovea.evaluation.Verdict;
import io.fovea.hybrid.HybridOutcome;
import io.fovea.importer.ImportReport;
import io.fovea.pretrained.Pretrained;
import io.fovea.result.AddClassResult;
import io.fovea.result.DataJson;
import io.fovea.result.EvaluateResult;
import io.fovea.result.EvolutionWords;
import io.fovea.result.ExportResult;
import io.fovea.result.FamiliarityWords;
import io.fovea.result.FeatureResult;
import io.fovea.result.FoldsResult;
import io.fovea.result.GrowthWords;
import io.fovea.result.HybridResult;
import io.fovea.result.ImportResult;
import io.fovea.result.ImportWeightsResult;
import io.fovea.result.JobResult;
import io.fovea.result.LearningRateResult;
import io.fovea.result.RecipeResult;
import io.fovea.result.StartWords;
import io.fovea.result.TrainResult;
import io.fovea.result.TuneResult;
import io.fovea.result.VerdictWords;
import io.fovea.task.Measure;
import io.fovea.training.TrialResult;
import io.fovea.training.ValidationResult;
import io.fovea.weights.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What came out of a job, for people. */
final class ResultWords {

    private static final int BROKEN_TO_NAME = 10;
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
        switch (result) {
            case ImportResult imported -> print(imported);
            case ImportWeightsResult imported -> print(imported);
            case TrainResult trained -> print(trained);
            case FeatureResult trained -> print(trained);
            case FoldsResult folds -> print(folds);
            case LearningRateResult rates -> print(rates);
            case TuneResult tuned -> print(tuned);
            case HybridResult hybrid -> print(hybrid);
            case AddClassResult grown -> print(grown);
            case EvaluateResult judged -> print(judged);
            case ExportResult exported -> print(exported);
            case RecipeResult recipe ->
                recipe.jobs()
                        .forEach(part -> console.result(String.format(Locale.ROOT, "%-9s %s", part.kind(), part.id())));
        }
    }

    private void print(ImportResult imported) {
        ImportReport report = imported.report();
        report.remarks().forEach(console::progress);
        if (!report.broken().isEmpty()) {
            console.progress(String.format(
                    Locale.ROOT,
                    "%,d pictures were left out because they are broken:",
                    report.broken().size()));
            for (BrokenPicture broken :
                    report.broken().stream().limit(BROKEN_TO_NAME).toList()) {
                console.progress("  " + broken.source() + ": " + broken.reason());
            }
            if (report.broken().size() > BROKEN_TO_NAME)
                console.progress("  … and " + (report.broken().size() - BROKEN_TO_NAME) + " more");
        }
        console.result(String.format(
                Locale.ROOT,
                "%s: %,d training, %,d validation and %,d test pictures %s in %.1f s, in %s",
                imported.name(),
                report.count(Split.TRAINING),
                report.count(Split.VALIDATION),
                report.count(Split.TEST),
                report.targets().isEmpty()
                        ? "of " + report.classNames().size() + " classes"
                        : "with " + report.targets().size() + " targets",
                report.time().toMillis() / 1000.0,
                imported.folder()));
    }

    private void print(ImportWeightsResult imported) {
        Fit fit = imported.done().fit();
        Pretrained pretrained = imported.done().pretrained();
        if (!fit.leftOver().isEmpty()) console.progress("Left over: " + some(fit.leftOver()));
        console.result(String.format(
                Locale.ROOT,
                "%s: %s with %,d outputs, %,d tensors fitted, %d missing, %d left over, in %s",
                imported.name(),
                pretrained.network(),
                pretrained.outputs(),
                fit.fitted().size(),
                fit.missing().size(),
                fit.leftOver().size(),
                imported.folder()));
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.stream().limit(NAMES_TO_SHOW).toList());
        int rest = names.size() - NAMES_TO_SHOW;
        return rest > 0 ? shown + " and " + rest + " more" : shown;
    }

    private void print(TrainResult trained) {
        trained.training().start().ifPresent(start -> StartWords.lines(start).forEach(console::result));
        console.result(VerdictWords.ofChosenEpoch(trained.verdict(), trained.split()));
        console.result(FamiliarityWords.line(trained.export().familiarity()));
        console.result("Model     " + trained.export().path());
        console.result("Run       " + trained.runFolder());
        console.result(String.format(
                Locale.ROOT,
                "Time      %.1f s training, %.1f s judging and writing the model",
                trained.trainingSeconds(),
                trained.evaluationSeconds()));
    }

    private void print(FeatureResult trained) {
        console.result(VerdictWords.line(trained.verdict(), trained.split()));
        console.result(FamiliarityWords.line(trained.export().familiarity()));
        console.result("Model     " + trained.export().path());
        console.result("Run       " + trained.runFolder());
    }

    private void print(FoldsResult folds) {
        Measure mean = folds.report().measure();
        String title = title(mean);
        TextTable table = new TextTable("Fold", "Best epoch", "Loss", title);
        for (int i = 0; i < folds.report().folds().size(); i++) {
            ValidationResult fold = folds.report().folds().get(i);
            table.row(
                    Integer.toString(i + 1),
                    Integer.toString(fold.epoch()),
                    String.format(Locale.ROOT, "%.4f", fold.loss()),
                    fold.measure().words());
        }
        table.lines().forEach(console::result);
        console.result("");
        console.result(String.format(
                Locale.ROOT,
                "%-9s %s ± %s (95 %% interval), deviation %s",
                title,
                mean.words(),
                like(mean, folds.report().halfWidth()),
                like(mean, folds.report().deviation())));
        console.result("Runs      " + folds.runs());
    }

    private static String like(Measure measure, double value) {
        return new Measure(measure.name(), value, Optional.empty(), measure.unit(), measure.better()).words();
    }

    private static String title(Measure measure) {
        return measure.name().substring(0, 1).toUpperCase(Locale.ROOT)
                + measure.name().substring(1);
    }

    private void print(LearningRateResult rates) {
        CurveChart.lines(rates.curve()).forEach(console::result);
        console.result("");
        console.result(
                rates.curve().suggestion().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "Suggestion  --learning-rate %.1e",
                                rates.curve().suggestion().getAsDouble())
                        : "Suggestion  none: the loss did not fall at any rate");
        console.result("Curve       " + rates.file());
    }

    private void print(TuneResult tuned) {
        String title = tuned.trials().stream()
                .flatMap(result -> result.validation().stream())
                .map(best -> title(best.measure()))
                .findFirst()
                .orElse("Measure");
        TextTable table = new TextTable("Trial", title, "Loss", "Epochs", "State", "Tried");
        for (TrialResult result : tuned.trials()) {
            table.row(
                    Integer.toString(result.trial().number()),
                    result.validation().map(best -> best.measure().words()).orElse("–"),
                    result.validation()
                            .map(best -> String.format(Locale.ROOT, "%.4f", best.loss()))
                            .orElse("–"),
                    Integer.toString(result.epochs()),
                    DataJson.word(result.state()).replace('_', ' '),
                    tried(result));
        }
        table.lines().forEach(console::result);
        console.result("");
        console.result("Trials    " + tuned.table());
        console.result("Go on:    " + Launched.command() + " train --data " + tuned.data() + " --network "
                + tuned.network() + " --settings " + tuned.bestSettings());
    }

    private static String tried(TrialResult result) {
        List<String> words = new ArrayList<>();
        result.trial().choices().forEach((name, choice) -> words.add(name.replace('_', ' ') + " " + choice));
        return String.join(", ", words);
    }

    private void print(HybridResult hybrid) {
        HybridOutcome outcome = hybrid.outcome();
        console.result(VerdictWords.line(hybrid.verdict(), hybrid.split()));
        console.result(FamiliarityWords.line(hybrid.export().familiarity()));
        console.result(String.format(
                Locale.ROOT,
                "Engine    %,d bytes with its %,d references (kernels and projection %,d), k = %d, codes of %d numbers",
                hybrid.export().networkBytes(),
                outcome.referenceCount(),
                outcome.weightsBytes(),
                outcome.form().k(),
                outcome.form().dimensions()));
        console.result(EvolutionWords.line(outcome));
        console.result("Model     " + hybrid.export().path());
        console.result("Run       " + hybrid.runFolder());
        console.result(String.format(
                Locale.ROOT,
                "Time      %.1f s in all: %.1f s fitting heads, %.1f s searching, %.1f s judging",
                outcome.seconds().earlier() + JvmClock.secondsSinceStart(),
                outcome.seconds().head(),
                outcome.seconds().search(),
                outcome.seconds().evaluation() + hybrid.evaluationSeconds()));
        console.result("");
        console.result("Try it:   " + Launched.command() + " predict "
                + hybrid.export().path() + " PICTURE --neighbours");
    }

    private void print(AddClassResult grown) {
        grown.report().broken().forEach(problem -> console.problem(problem, OutputFormat.TEXT));
        GrowthWords.lines(grown.report()).forEach(console::result);
    }

    private void print(EvaluateResult judged) {
        Verdict verdict = judged.verdict();
        console.result(VerdictWords.line(verdict, judged.split()));
        for (ReportPart part : verdict.report()) {
            switch (part) {
                case ReportPart.Line(String words) -> console.result(words);
                case ReportPart.Table(List<String> columns, List<List<String>> rows) -> {
                    TextTable table = new TextTable(columns.toArray(String[]::new));
                    rows.forEach(row -> table.row(row.toArray(String[]::new)));
                    table.lines().forEach(console::result);
                }
            }
        }
        judged.unfamiliar().map(ResultWords::words).ifPresent(console::result);
    }

    private static String words(Proportion unfamiliar) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d pictures (%.1f %%) are unlike anything it learned from",
                unfamiliar.hits(),
                unfamiliar.count(),
                unfamiliar.value() * 100);
    }

    private void print(ExportResult exported) {
        console.result(String.format(
                Locale.ROOT,
                "%s: %,d classes, %d golden pictures, %s",
                exported.pretrained().network(),
                exported.pretrained().outputs(),
                exported.golden(),
                exported.data().map(data -> "from " + data).orElse("drawn ones; --data DATASET judges the model")));
        exported.evaluation()
                .ifPresent(evaluation -> console.result(String.format(
                        Locale.ROOT,
                        "Right on %d of %d pictures of %s; among the first five on %d",
                        evaluation.accuracy().hits(),
                        evaluation.accuracy().count(),
                        exported.data().orElseThrow(),
                        evaluation.topK(ExportResult.TOP).hits())));
        console.result("Model     " + exported.export().path());
        console.result("Try it:   " + Launched.command() + " predict "
                + exported.export().path() + " PICTURE --top 5");
    }
}
