package io.fovea.result;

import io.fovea.dataset.Split;
import io.fovea.evaluation.ReportPart;
import io.fovea.evaluation.Verdict;
import io.fovea.hybrid.HybridOutcome;
import io.fovea.importer.ImportReport;
import io.fovea.pretrained.Pretrained;
import io.fovea.task.Measure;
import io.fovea.task.Proportion;
import io.fovea.training.ValidationResult;
import io.fovea.trial.TrialResult;
import io.fovea.weights.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What came out of a job in lines and tables for people. */
public final class ResultReport {

    private final List<ReportPart> parts = new ArrayList<>();

    private ResultReport() {}

    /** Returns the parts of a result's report, in their order. */
    public static List<ReportPart> of(JobResult result) {
        ResultReport report = new ResultReport();
        switch (result) {
            case ImportResult imported -> report.add(imported);
            case ImportWeightsResult imported -> report.add(imported);
            case TrainResult trained -> report.add(trained);
            case FeatureResult trained -> report.add(trained);
            case FoldsResult folds -> report.add(folds);
            case LearningRateResult rates -> report.add(rates);
            case TuneResult tuned -> report.add(tuned);
            case HybridResult hybrid -> report.add(hybrid);
            case AddClassResult grown -> GrowthWords.lines(grown.report()).forEach(report::line);
            case EvaluateResult judged -> report.add(judged);
            case ClassifyResult said -> said.lines().forEach(report::line);
            case ExportResult exported -> report.add(exported);
            case Int8Result shrunk -> report.parts.addAll(shrunk.report());
            case LadderResult ladder -> report.parts.addAll(ladder.report());
            case ExportModelResult exported -> exported.lines().forEach(report::line);
            case AdoptResult adopted -> report.parts.addAll(adopted.report());
            case RecipeResult recipe -> recipe.jobs().forEach(part -> report.line(line(part)));
        }
        return List.copyOf(report.parts);
    }

    /** Names a job of a recipe and what it made, a model or a folder. */
    private static String line(RecipeResult.Part part) {
        Object made = part.result().getOrDefault("bundle", part.result().getOrDefault("folder", ""));
        return String.format(Locale.ROOT, "%-9s %s  %s", part.kind(), part.id(), made)
                .stripTrailing();
    }

    private void line(String words) {
        parts.add(new ReportPart.Line(words));
    }

    private void add(ImportResult imported) {
        ImportReport report = imported.report();
        line(String.format(
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

    private void add(ImportWeightsResult imported) {
        Fit fit = imported.done().fit();
        Pretrained pretrained = imported.done().pretrained();
        line(String.format(
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

    private void add(TrainResult trained) {
        trained.training().start().ifPresent(start -> StartWords.lines(start).forEach(this::line));
        line(VerdictWords.ofChosenEpoch(trained.verdict(), trained.split()));
        line(FamiliarityWords.line(trained.export().familiarity()));
        line("Model     " + trained.export().path());
        line("Run       " + trained.runFolder());
        line(String.format(
                Locale.ROOT,
                "Time      %.1f s training, %.1f s judging and writing the model",
                trained.trainingSeconds(),
                trained.evaluationSeconds()));
    }

    private void add(FeatureResult trained) {
        line(VerdictWords.line(trained.verdict(), trained.split()));
        line(FamiliarityWords.line(trained.export().familiarity()));
        line("Model     " + trained.export().path());
        line("Run       " + trained.runFolder());
    }

    private void add(FoldsResult folds) {
        Measure mean = folds.report().measure();
        String title = title(mean);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < folds.report().folds().size(); i++) {
            ValidationResult fold = folds.report().folds().get(i);
            rows.add(List.of(
                    Integer.toString(i + 1),
                    Integer.toString(fold.epoch()),
                    String.format(Locale.ROOT, "%.4f", fold.loss()),
                    fold.measure().words()));
        }
        parts.add(new ReportPart.Table(List.of("Fold", "Best epoch", "Loss", title), rows));
        line("");
        line(String.format(
                Locale.ROOT,
                "%-9s %s ± %s (95 %% interval), deviation %s",
                title,
                mean.words(),
                like(mean, folds.report().halfWidth()),
                like(mean, folds.report().deviation())));
        line("Runs      " + folds.runs());
    }

    private static String like(Measure measure, double value) {
        return new Measure(measure.name(), value, Optional.empty(), measure.unit(), measure.better()).words();
    }

    private static String title(Measure measure) {
        return measure.name().substring(0, 1).toUpperCase(Locale.ROOT)
                + measure.name().substring(1);
    }

    private void add(LearningRateResult rates) {
        CurveChart.lines(rates.curve()).forEach(this::line);
        line("");
        line(
                rates.curve().suggestion().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "Suggestion  --learning-rate %.1e",
                                rates.curve().suggestion().getAsDouble())
                        : "Suggestion  none: the loss did not fall at any rate");
        line("Curve       " + rates.file());
    }

    private void add(TuneResult tuned) {
        String title = tuned.trials().stream()
                .flatMap(result -> result.validation().stream())
                .map(best -> title(best.measure()))
                .findFirst()
                .orElse("Measure");
        List<List<String>> rows = new ArrayList<>();
        for (TrialResult result : tuned.trials()) {
            rows.add(List.of(
                    Integer.toString(result.trial().number()),
                    result.validation().map(best -> best.measure().words()).orElse("–"),
                    result.validation()
                            .map(best -> String.format(Locale.ROOT, "%.4f", best.loss()))
                            .orElse("–"),
                    Integer.toString(result.epochs()),
                    DataJson.word(result.state()).replace('_', ' '),
                    tried(result)));
        }
        parts.add(new ReportPart.Table(List.of("Trial", title, "Loss", "Epochs", "State", "Tried"), rows));
        line("");
        line("Trials    " + tuned.table());
    }

    private static String tried(TrialResult result) {
        List<String> words = new ArrayList<>();
        result.trial().choices().forEach((name, choice) -> words.add(name.replace('_', ' ') + " " + choice));
        return String.join(", ", words);
    }

    private void add(HybridResult hybrid) {
        HybridOutcome outcome = hybrid.outcome();
        line(VerdictWords.line(hybrid.verdict(), hybrid.split()));
        line(FamiliarityWords.line(hybrid.export().familiarity()));
        line(String.format(
                Locale.ROOT,
                "Engine    %,d bytes with its %,d references (kernels and projection %,d), k = %d, codes of %d numbers",
                hybrid.export().networkBytes(),
                outcome.referenceCount(),
                outcome.weightsBytes(),
                outcome.form().k(),
                outcome.form().dimensions()));
        line(EvolutionWords.line(outcome));
        line("Model     " + hybrid.export().path());
        line("Run       " + hybrid.runFolder());
    }

    private void add(EvaluateResult judged) {
        Verdict verdict = judged.verdict();
        line(VerdictWords.line(verdict, judged.split()));
        parts.addAll(verdict.report());
        judged.unfamiliar().map(ResultReport::words).ifPresent(this::line);
    }

    private static String words(Proportion unfamiliar) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d pictures (%.1f %%) are unlike anything it learned from",
                unfamiliar.hits(),
                unfamiliar.count(),
                unfamiliar.value() * 100);
    }

    private void add(ExportResult exported) {
        line(String.format(
                Locale.ROOT,
                "%s: %,d classes, %d golden pictures, %s",
                exported.pretrained().network(),
                exported.pretrained().outputs(),
                exported.golden(),
                exported.data().map(data -> "from " + data).orElse("drawn ones; --data DATASET judges the model")));
        exported.evaluation()
                .ifPresent(evaluation -> line(String.format(
                        Locale.ROOT,
                        "Right on %d of %d pictures of %s; among the first five on %d",
                        evaluation.accuracy().hits(),
                        evaluation.accuracy().count(),
                        exported.data().orElseThrow(),
                        evaluation.topK(ExportResult.TOP).hits())));
        line("Model     " + exported.export().path());
    }
}
