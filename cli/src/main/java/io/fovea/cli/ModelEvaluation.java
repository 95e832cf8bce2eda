package io.fovea.cli;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.dataset.TargetStatistics;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.Proportion;
import io.fovea.evaluation.RegressionEvaluation;
import io.fovea.evaluation.Verdict;
import io.fovea.image.Pixels;
import io.fovea.image.Target;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Regression;
import io.fovea.predict.Regressor;
import io.fovea.predict.Unfamiliarity;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A model file judged on a split of a dataset, through the same code that a service runs. */
final class ModelEvaluation {

    private static final int BATCH_SIZE = 256;

    private final Console console;
    private final Bundle bundle;
    private final Manifest manifest;
    private final Dataset dataset;
    private final Split split;
    private long unfamiliar;
    private long told;

    ModelEvaluation(Console console, Bundle bundle, Dataset dataset, Split split) {
        this.console = console;
        this.bundle = bundle;
        this.manifest = bundle.manifest();
        this.dataset = dataset;
        this.split = split;
    }

    /**
     * Judges.
     *
     * @throws Problem if the dataset does not fit the model
     */
    Verdict verdict() {
        checkTask();
        checkPreparation();
        PredictionOptions options =
                PredictionOptions.DEFAULT.withThreads(Runtime.getRuntime().availableProcessors());
        if (TaskWord.REGRESSION.names(manifest.task())) {
            try (Regressor regressor = Regressor.of(bundle, options)) {
                return evaluation(regressor);
            }
        }
        try (Classifier classifier = Classifier.of(bundle, options)) {
            return evaluation(classifier);
        }
    }

    /** Returns how many of the judged pictures are unlike those that the model learned from; nothing if it cannot tell. */
    Optional<Proportion> unfamiliar() {
        return manifest.familiarity().isEmpty() ? Optional.empty() : Optional.of(new Proportion(unfamiliar, told));
    }

    private void count(Optional<Unfamiliarity> unfamiliarity) {
        unfamiliarity.ifPresent(each -> {
            told++;
            if (!each.familiar()) unfamiliar++;
        });
    }

    private void checkTask() {
        if (dataset.task().word().equals(manifest.task().word())) return;
        throw dataset.isRegression()
                ? new Problem(
                        "The model tells classes apart, but the dataset has values to regress.",
                        where(),
                        "evaluate it on a dataset of class folders")
                : new Problem(
                        "The model regresses values, but the dataset has classes.",
                        where(),
                        "evaluate it on a dataset with the targets "
                                + manifest.task().names());
    }

    /** What a model file measures holds for pictures that it prepares itself; size and colour alone do not tell that. */
    private void checkPreparation() {
        Preparation expected = Preparation.of(manifest.preprocessing());
        if (expected.equals(dataset.preparation())) return;
        throw new Problem(
                "The model sees pictures as " + expected.words() + ", but the dataset holds them as "
                        + dataset.preparation().words() + ".",
                where(),
                "import the pictures as the model sees them, and evaluate on that: "
                        + ImportAgain.command(dataset, expected));
    }

    private String where() {
        return "model \"" + manifest.name() + "\", dataset \"" + dataset.name() + "\"";
    }

    private List<Target> targets() {
        return ((io.fovea.task.Regression) manifest.task()).targets();
    }

    private Evaluation evaluation(Classifier classifier) {
        int[] modelLabels = modelLabels(manifest.task().names(), dataset.classNames());
        float[] logits = new float[dataset.count(split) * manifest.result().count()];
        int at = 0;
        for (Prediction prediction : predictions(classifier::classifyPrepared)) {
            count(prediction.unfamiliarity());
            System.arraycopy(
                    prediction.logits(), 0, logits, at, manifest.result().count());
            at += manifest.result().count();
        }
        int[] labels = positions()
                .map(index -> modelLabels[dataset.label(split, index)])
                .toArray();
        return Evaluation.of(manifest.task().names(), labels, logits, sources())
                .with(classifier.showsNeighbours() ? Evaluation.Meaning.VOTES : Evaluation.Meaning.LOGITS);
    }

    /** Classes are matched by name: the dataset may have them in another order, or only some of them. */
    private int[] modelLabels(List<String> modelClasses, List<String> dataClasses) {
        return dataClasses.stream()
                .mapToInt(name -> {
                    int label = modelClasses.indexOf(name);
                    if (label >= 0) return label;
                    throw new Problem(
                            "The model does not know the class \"" + name + "\".",
                            "dataset \"" + dataset.name() + "\"",
                            Nearest.suggestion(name, modelClasses));
                })
                .toArray();
    }

    private RegressionEvaluation evaluation(Regressor regressor) {
        List<Target> targets = targets();
        int width = targets.size();
        int[] columns = columns();
        float[] truth = new float[dataset.count(split) * width];
        float[] row = new float[dataset.targets().size()];
        positions().forEach(index -> {
            dataset.copyTargets(split, index, row, 0);
            for (int t = 0; t < width; t++) truth[index * width + t] = row[columns[t]];
        });
        float[] outputs = new float[truth.length];
        int at = 0;
        for (Regression regression : predictions(regressor::predictPrepared)) {
            count(regression.unfamiliarity());
            for (int t = 0; t < width; t++) {
                outputs[at++] =
                        (float) targets.get(t).output(regression.values().get(t).value());
            }
        }
        return RegressionEvaluation.of(targets, truth, outputs, sources(), guess(columns));
    }

    /** Targets are matched by name too: for each of the model its column in the dataset. */
    private int[] columns() {
        List<String> names = dataset.targets().stream().map(Target::name).toList();
        return targets().stream()
                .mapToInt(target -> {
                    int column = names.indexOf(target.name());
                    if (column < 0) {
                        throw new Problem(
                                "The dataset has no target \"" + target.name() + "\", which the model regresses.",
                                where(),
                                Nearest.suggestion(target.name(), names));
                    }
                    if (dataset.targets().get(column).axis() == target.axis()) return column;
                    throw new Problem(
                            "The target \"" + target.name() + "\" is along " + axis(target)
                                    + " in the model, but along "
                                    + axis(dataset.targets().get(column)) + " in the dataset.",
                            where(),
                            "import the dataset with the target as the model has it");
                })
                .toArray();
    }

    private static String axis(Target target) {
        return switch (target.axis()) {
            case X -> "the width";
            case Y -> "the height";
            case NONE -> "no side";
        };
    }

    /** The means of the training pictures; where the dataset has none, what the outputs of 0 stand for. */
    private double[] guess(int[] columns) {
        if (dataset.count(Split.TRAINING) == 0) {
            return targets().stream().mapToDouble(Target::shift).toArray();
        }
        List<TargetStatistics> statistics = dataset.targetStatistics(Split.TRAINING);
        return IntStream.of(columns)
                .mapToDouble(column -> statistics.get(column).mean())
                .toArray();
    }

    private <T> List<T> predictions(Function<List<Pixels>, List<T>> model) {
        int count = dataset.count(split);
        List<T> predictions = new ArrayList<>(count);
        ProgressBar bar = new ProgressBar(console);
        for (int from = 0; from < count; from += BATCH_SIZE) {
            List<Pixels> pictures = IntStream.range(from, Math.min(count, from + BATCH_SIZE))
                    .mapToObj(index -> dataset.picture(split, index))
                    .toList();
            predictions.addAll(model.apply(pictures));
            bar.draw("evaluating", (double) from / count, String.format(Locale.ROOT, "%,d pictures", from));
        }
        bar.clear();
        return predictions;
    }

    private IntStream positions() {
        return IntStream.range(0, dataset.count(split));
    }

    private List<String> sources() {
        return positions().mapToObj(index -> dataset.source(split, index)).toList();
    }
}
