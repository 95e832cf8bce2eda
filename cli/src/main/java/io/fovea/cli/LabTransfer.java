package io.fovea.cli;

import io.fovea.dataset.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.RandomCrop;
import io.fovea.dataset.Split;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.evaluation.Proportion;
import io.fovea.export.ExportReport;
import io.fovea.export.ModelParts;
import io.fovea.export.TrainedModel;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.transfer.FeatureTransfer;
import io.fovea.transfer.Head;
import io.fovea.weights.Pretrained;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the labs on photographs do alike: pretrained backbone, features, a new head, the model tested and written. */
final class LabTransfer {

    /** As the published weights were trained and measured: shorter side to 256, 224 from the middle. */
    static final Preparation PHOTOGRAPHS = new Preparation(224, 224, ColorMode.COLOR, ResizeMode.CROP, 32);

    /** How augmented copies are drawn: windows of at least 35 % of the picture, half of them mirrored. */
    private static final Augmentation VARIED =
            Augmentation.NONE.withRandomCrop(RandomCrop.from(0.35)).withHorizontalFlip(0.5);

    private final String lab;
    private final LabPhotographs photographs;
    private final Console console;
    private final Workspace workspace;

    LabTransfer(String lab, LabPhotographs photographs, Console console, Workspace workspace) {
        this.lab = lab;
        this.photographs = photographs;
        this.console = console;
        this.workspace = workspace;
    }

    /** Runs the lab, prints the outcome and returns the exit code. */
    int run(LabTransferOptions options, AccuracyOption required, OutputFormat format) {
        long start = System.nanoTime();
        Pretrained pretrained = new LabWeights(console, workspace).find(options.weights());
        try (Dataset dataset = photographs.open(console, workspace, options.data(), PHOTOGRAPHS)) {
            double datasetSeconds = (System.nanoTime() - start) / 1e9;
            console.progress(String.format(
                    Locale.ROOT,
                    "%,d photographs to train on, %,d to test on, ready after %.1f s.",
                    dataset.count(Split.TRAINING),
                    dataset.count(Split.TEST),
                    datasetSeconds));
            TransferJob job = new TransferJob(console, workspace, pretrained, dataset);
            FeatureTransfer.Settings settings =
                    new FeatureTransfer.Settings(new Head.Linear(), options.copies(), VARIED, options.seed());
            FeatureTransfer.Outcome outcome = job.features(settings, options.threads());
            long judging = System.nanoTime();
            String name = lab + "-" + pretrained.network();
            TrainedModel model = TrainedModel.judge(
                    new ModelParts(outcome.network(), outcome.preprocessing(), outcome.weights()),
                    dataset,
                    job.origin(settings),
                    outcome.outputs());
            Path run = workspace.newRun(name);
            EvaluationFiles.write(model.verdict(), run);
            ExportReport export = model.export(name, Version.current(), workspace.newModel(name));
            double evaluationSeconds = (System.nanoTime() - judging) / 1e9;
            Proportion accuracy = model.evaluation().accuracy();
            switch (format) {
                case JSON ->
                    console.json(asJson(
                            pretrained,
                            dataset,
                            settings,
                            outcome,
                            accuracy,
                            export,
                            datasetSeconds,
                            evaluationSeconds));
                case TEXT -> print(accuracy, export, run, outcome);
            }
            return required.exitCode(accuracy, console);
        }
    }

    private void print(Proportion accuracy, ExportReport export, Path run, FeatureTransfer.Outcome outcome) {
        console.result("Test accuracy  " + AccuracyOption.words(accuracy));
        console.result("Model          " + export.path());
        console.result("Run            " + run);
        console.result(String.format(
                Locale.ROOT,
                "Time           %.1f s since the start, %.1f s of them features of %,d pictures, %.2f s the head",
                JvmClock.secondsSinceStart(),
                outcome.featureSeconds(),
                outcome.pictures(),
                outcome.headSeconds()));
        console.result("");
        console.result("Try it:  fovea predict " + export.path() + " PICTURE");
    }

    private Map<String, Object> asJson(
            Pretrained pretrained,
            Dataset dataset,
            FeatureTransfer.Settings settings,
            FeatureTransfer.Outcome outcome,
            Proportion accuracy,
            ExportReport export,
            double datasetSeconds,
            double evaluationSeconds) {
        Map<String, Object> seconds = new LinkedHashMap<>();
        seconds.put("total", JvmClock.rounded(JvmClock.secondsSinceStart()));
        seconds.put("dataset", JvmClock.rounded(datasetSeconds));
        seconds.put("features", JvmClock.rounded(outcome.featureSeconds()));
        seconds.put("head", JvmClock.rounded(outcome.headSeconds()));
        seconds.put("evaluation", JvmClock.rounded(evaluationSeconds));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lab", lab);
        json.put("network", pretrained.network());
        json.put("weights", pretrained.name());
        json.put("trainImages", dataset.count(Split.TRAINING));
        json.put("copies", settings.copies());
        json.put("picturesThroughBackbone", outcome.pictures());
        json.put("testImages", accuracy.count());
        json.put("testAccuracy", accuracy.value());
        json.put("testAccuracyInterval", List.of(accuracy.low(), accuracy.high()));
        json.put("seconds", seconds);
        json.put("bundle", export.path().toString());
        json.put("parityMaxAbsDifference", export.parityMaxAbsDifference());
        json.put("seed", settings.seed());
        return json;
    }
}
