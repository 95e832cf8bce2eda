package io.fovea.cli;

import io.fovea.bundle.Manifest;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.evaluation.ClassReport;
import io.fovea.evaluation.ConfusedPair;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionOptions;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
            "  fovea evaluate pets.fovea --data pets --split validation --output report/ --require-accuracy 0.9"
        })
final class EvaluateCommand implements Callable<Integer> {

    private static final int BATCH_SIZE = 256;
    private static final int PAIRS_TO_SHOW = 5;

    private final Console console;

    @Parameters(paramLabel = "MODEL", description = "A model file (.fovea), or the name of a model in the workspace.")
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
            description = "Write evaluation.json, confusion.csv, per-class.csv and pictures there.")
    private Path folder;

    @Mixin
    private AccuracyOption accuracy;

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
        PredictionOptions options =
                PredictionOptions.DEFAULT.withThreads(Runtime.getRuntime().availableProcessors());
        try (Dataset dataset = Dataset.open(place.existing(Shelf.DATASETS, data));
                Classifier classifier = Classifier.load(file, options)) {
            Split measured = measuredSplit(dataset);
            checkFit(classifier.manifest(), dataset);
            Evaluation evaluation = evaluate(classifier, dataset, measured);
            if (folder != null) EvaluationFiles.write(evaluation, folder);
            switch (output.format()) {
                case JSON -> console.json(asJson(file, measured, evaluation));
                case TEXT -> print(measured, evaluation);
            }
            return accuracy.exitCode(evaluation.accuracy(), console);
        }
    }

    private Split measuredSplit(Dataset dataset) {
        Split chosen = split != null ? split : dataset.count(Split.TEST) > 0 ? Split.TEST : Split.VALIDATION;
        if (dataset.count(chosen) > 0) return chosen;
        throw new Problem(
                "The dataset has no " + DataJson.word(chosen) + " pictures.",
                "dataset \"" + data + "\"",
                "choose another part with --split, or import the dataset with such a part");
    }

    private void checkFit(Manifest manifest, Dataset dataset) {
        Preprocessing expected = manifest.preprocessing();
        Preparation found = dataset.preparation();
        boolean fits = expected.height() == found.height()
                && expected.width() == found.width()
                && expected.colorMode() == found.colorMode();
        if (fits) return;
        throw new Problem(
                "The model expects pictures of " + expected.height() + "x" + expected.width() + " "
                        + DataJson.word(expected.colorMode()) + ", the dataset holds " + found.height() + "x"
                        + found.width() + " " + DataJson.word(found.colorMode()) + ".",
                "model \"" + model + "\", dataset \"" + data + "\"",
                "import the dataset with --size " + expected.height() + "x" + expected.width() + " --color "
                        + DataJson.word(expected.colorMode()));
    }

    private Evaluation evaluate(Classifier classifier, Dataset dataset, Split measured) {
        List<String> classNames = classifier.manifest().classNames();
        int[] modelLabels = modelLabels(classNames, dataset.classNames());
        int count = dataset.count(measured);
        float[] logits = new float[count * classNames.size()];
        ProgressBar bar = new ProgressBar(console);
        for (int from = 0; from < count; from += BATCH_SIZE) {
            List<Pixels> pictures = new ArrayList<>();
            for (int index = from; index < Math.min(count, from + BATCH_SIZE); index++)
                pictures.add(dataset.picture(measured, index));
            List<Prediction> predictions = classifier.classifyBatch(pictures);
            for (int i = 0; i < predictions.size(); i++) {
                System.arraycopy(
                        predictions.get(i).logits(), 0, logits, (from + i) * classNames.size(), classNames.size());
            }
            bar.draw("evaluating", (double) from / count, String.format(Locale.ROOT, "%,d pictures", from));
        }
        bar.clear();
        return Evaluation.of(
                classNames,
                IntStream.range(0, count)
                        .map(index -> modelLabels[dataset.label(measured, index)])
                        .toArray(),
                logits,
                IntStream.range(0, count)
                        .mapToObj(index -> dataset.source(measured, index))
                        .toList());
    }

    /** Classes are matched by name: the dataset may have them in another order, or only some of them. */
    private int[] modelLabels(List<String> modelClasses, List<String> dataClasses) {
        return dataClasses.stream()
                .mapToInt(name -> {
                    int label = modelClasses.indexOf(name);
                    if (label >= 0) return label;
                    throw new Problem(
                            "The model does not know the class \"" + name + "\".",
                            "dataset \"" + data + "\"",
                            Nearest.suggestion(name, modelClasses));
                })
                .toArray();
    }

    private void print(Split measured, Evaluation evaluation) {
        console.result("Accuracy   " + AccuracyOption.words(evaluation.accuracy()) + ", on " + DataJson.word(measured));
        console.result(String.format(Locale.ROOT, "Mean loss  %.4f", evaluation.meanLoss()));
        console.result("");
        TextTable table = new TextTable("class", "pictures", "precision", "recall", "F1");
        for (ClassReport report : evaluation.classes()) {
            table.row(
                    report.name(),
                    String.format(Locale.ROOT, "%,d", report.support()),
                    String.format(Locale.ROOT, "%.1f %%", report.precision().value() * 100),
                    String.format(Locale.ROOT, "%.1f %%", report.recall().value() * 100),
                    String.format(Locale.ROOT, "%.3f", report.f1()));
        }
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

    private Map<String, Object> asJson(Path file, Split measured, Evaluation evaluation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", file.toString());
        json.put("data", data);
        json.put("split", DataJson.word(measured));
        json.put("pictures", evaluation.accuracy().count());
        json.put("accuracy", evaluation.accuracy().value());
        json.put(
                "accuracyInterval",
                List.of(evaluation.accuracy().low(), evaluation.accuracy().high()));
        json.put("meanLoss", evaluation.meanLoss());
        json.put("macroAverage", evaluation.macro());
        json.put("classNames", evaluation.classNames());
        json.put("confusion", evaluation.confusion());
        return json;
    }
}
