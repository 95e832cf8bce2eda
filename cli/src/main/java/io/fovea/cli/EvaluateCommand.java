package io.fovea.cli;

import io.fovea.bundle.Bundle;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.ClassReport;
import io.fovea.evaluation.ConfusedPair;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.evaluation.PointReport;
import io.fovea.evaluation.Proportion;
import io.fovea.evaluation.RegressionEvaluation;
import io.fovea.evaluation.TargetReport;
import io.fovea.evaluation.Verdict;
import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea evaluate}: how good a model file is on a dataset, through the same code that a service runs. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Measure a model on a dataset, with intervals.",
        footer = {
            "",
            "Examples:",
            "  fovea evaluate pets-lenet --data pets",
            "  fovea evaluate pets.fovea --data pets --split validation --output report/ --require-accuracy 0.9",
            "  fovea evaluate nose.fovea --data faces --require-error 5"
        })
final class EvaluateCommand implements Callable<Integer> {

    private static final int PAIRS_TO_SHOW = 5;

    /** More classes than these are summed up. */
    private static final int MOST_CLASSES_TO_SHOW = 50;

    private static final int CLASSES_OF_SUMMARY = 10;

    /** Stands where there is nothing to count. */
    private static final String NONE = "–";

    private final Console console;

    @Parameters(
            paramLabel = "MODEL",
            description = "A model file (.fovea), the name of a model in the workspace, or \"latest\".")
    private String model;

    @Option(
            names = "--data",
            paramLabel = "NAME",
            required = true,
            description = "A dataset of the workspace (fovea data list).")
    private String data;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "training, validation or test. Default: test, else validation.")
    private Split split;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Write evaluation.json, tables (.csv) and pictures (.png) there.")
    private Path folder;

    @Mixin
    private QualityOptions quality;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        Path file = ModelFile.find(model, place);
        Bundle bundle = Bundle.open(file);
        quality.checkSuits(bundle.manifest().task());
        try (Dataset dataset = Dataset.open(place.existing(Shelf.DATASETS, data))) {
            Split measured = measuredSplit(dataset);
            if (folder != null) WritablePlace.checkFolder(folder, "--output");
            ModelEvaluation judging = new ModelEvaluation(console, bundle, dataset, measured);
            Verdict verdict = judging.verdict();
            Optional<String> remark = partInModel(bundle, dataset, measured);
            remark.ifPresent(console::progress);
            if (folder != null) EvaluationFiles.write(verdict, index -> dataset.picture(measured, index), folder);
            switch (output.format()) {
                case JSON -> {
                    Map<String, Object> json = asJson(file, measured, verdict, remark);
                    judging.unfamiliar().ifPresent(share -> json.put("unfamiliar", share.hits()));
                    console.json(json);
                }
                case TEXT -> {
                    print(measured, verdict);
                    judging.unfamiliar().map(EvaluateCommand::words).ifPresent(console::result);
                }
            }
            return quality.exitCode(verdict, console);
        }
    }

    private static String words(Proportion unfamiliar) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d pictures (%.1f %%) are unlike anything it learned from",
                unfamiliar.hits(),
                unfamiliar.count(),
                unfamiliar.value() * 100);
    }

    private Split measuredSplit(Dataset dataset) {
        Split chosen = split != null ? split : dataset.count(Split.TEST) > 0 ? Split.TEST : Split.VALIDATION;
        if (dataset.count(chosen) > 0) return chosen;
        throw new Problem(
                "The dataset has no " + DataJson.word(chosen) + " pictures.",
                "dataset \"" + data + "\"",
                "choose another part with --split, or import the dataset with such a part");
    }

    /** What pictures are counted that had a part in making the model: their figures flatter it. */
    private static Optional<String> partInModel(Bundle bundle, Dataset dataset, Split measured) {
        if (!bundle.manifest().provenance().datasetHash().equals(dataset.contentHash())) return Optional.empty();
        return switch (measured) {
            case TRAINING -> Optional.of("The model learned from these very pictures: expect less on new ones.");
            case VALIDATION ->
                Optional.of("These pictures had a part in choosing the model: expect a little less on new ones.");
            case TEST -> Optional.empty();
        };
    }

    private void print(Split measured, Verdict verdict) {
        switch (verdict) {
            case Evaluation evaluation -> print(measured, evaluation);
            case RegressionEvaluation evaluation -> print(measured, evaluation);
        }
    }

    private void print(Split measured, RegressionEvaluation evaluation) {
        console.result(VerdictWords.line(evaluation, measured));
        console.result("");
        if (evaluation.points().size() > 1) {
            TextTable points = new TextTable("point", "mean error", "guessing");
            for (PointReport report : evaluation.points()) {
                points.row(report.name(), number(report.meanError().value()), number(report.guessError()));
            }
            points.lines().forEach(console::result);
            console.result("");
        }
        TextTable table = new TextTable("target", "RMSE", "mean absolute error", "guessing");
        for (TargetReport report : evaluation.targetReports()) {
            table.row(
                    report.target().name(),
                    number(report.rootMeanSquare().value()),
                    number(report.meanAbsolute().value()),
                    number(report.guessMeanAbsolute()));
        }
        table.lines().forEach(console::result);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private void print(Split measured, Evaluation evaluation) {
        console.result("Accuracy   " + AccuracyOption.words(evaluation.accuracy()) + ", on " + DataJson.word(measured));
        if (evaluation.meaning() == Evaluation.Meaning.LOGITS)
            console.result(String.format(Locale.ROOT, "Mean loss  %.4f", evaluation.meanLoss()));
        console.result("");
        List<ClassReport> all = evaluation.classes();
        boolean few = all.size() <= MOST_CLASSES_TO_SHOW;
        if (!few) summary(evaluation, all);
        TextTable table = new TextTable("class", "pictures", "precision", "recall", "F1");
        for (ClassReport report : few ? all : leastFound(all)) table.row(cells(report));
        table.lines().forEach(console::result);
        List<ConfusedPair> pairs = evaluation.mostConfused(PAIRS_TO_SHOW);
        if (!pairs.isEmpty()) console.result("");
        for (ConfusedPair pair : pairs) {
            console.result(String.format(
                    Locale.ROOT,
                    "%,d times \"%s\" was taken for \"%s\"",
                    pair.count(),
                    evaluation.classNames().get(pair.label()),
                    evaluation.classNames().get(pair.predicted())));
        }
    }

    /** Says of many classes what a person can take in; the rest is for files. */
    private void summary(Evaluation evaluation, List<ClassReport> all) {
        long present = all.stream().filter(report -> report.support() > 0).count();
        console.result("Top five   " + AccuracyOption.words(evaluation.topK(5)));
        console.result(String.format(
                Locale.ROOT,
                "Classes    %,d, %,d of them with pictures here; mean recall of these %.2f %%",
                all.size(),
                present,
                evaluation.macro().recall() * 100));
        if (folder == null) console.result("Every class and confusion: --output DIR writes them as tables.");
        console.result("");
        console.result("The classes with the lowest recall:");
    }

    private static List<ClassReport> leastFound(List<ClassReport> all) {
        return all.stream()
                .filter(report -> report.support() > 0)
                .sorted(Comparator.comparingDouble(report -> report.recall().value()))
                .limit(CLASSES_OF_SUMMARY)
                .toList();
    }

    /** A class without pictures has no recall, and one that was never predicted no precision. */
    private static String[] cells(ClassReport report) {
        boolean present = report.support() > 0;
        return new String[] {
            report.name(),
            String.format(Locale.ROOT, "%,d", report.support()),
            share(report.precision()),
            share(report.recall()),
            present ? String.format(Locale.ROOT, "%.3f", report.f1()) : NONE
        };
    }

    private static String share(Proportion share) {
        return share.count() == 0 ? NONE : String.format(Locale.ROOT, "%.1f %%", share.value() * 100);
    }

    private Map<String, Object> asJson(Path file, Split measured, Verdict verdict, Optional<String> remark) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", file.toString());
        json.put("data", data);
        json.put("split", DataJson.word(measured));
        json.put("remarks", remark.stream().toList());
        switch (verdict) {
            case Evaluation evaluation -> put(json, evaluation);
            case RegressionEvaluation evaluation -> {
                json.put("pictures", evaluation.pictures().size());
                VerdictWords.put(evaluation, "", json);
                json.put(
                        "perTarget",
                        evaluation.targetReports().stream()
                                .map(EvaluateCommand::asJson)
                                .toList());
            }
        }
        return json;
    }

    private static Map<String, Object> asJson(TargetReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", report.target().name());
        json.put("axis", DataJson.word(report.target().axis()));
        json.put("rootMeanSquareError", report.rootMeanSquare());
        json.put("meanAbsoluteError", report.meanAbsolute());
        json.put("guessMeanAbsoluteError", report.guessMeanAbsolute());
        return json;
    }

    private static void put(Map<String, Object> json, Evaluation evaluation) {
        json.put("pictures", evaluation.accuracy().count());
        json.put("accuracy", evaluation.accuracy().value());
        json.put(
                "accuracyInterval",
                List.of(evaluation.accuracy().low(), evaluation.accuracy().high()));
        if (evaluation.meaning() == Evaluation.Meaning.LOGITS) json.put("meanLoss", evaluation.meanLoss());
        json.put("macroAverage", evaluation.macro());
        json.put("classNames", evaluation.classNames());
        // a million numbers belong into the file that --output writes
        if (evaluation.classNames().size() <= MOST_CLASSES_TO_SHOW) json.put("confusion", evaluation.confusion());
    }
}
