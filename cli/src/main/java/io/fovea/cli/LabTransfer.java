package io.fovea.cli;

import io.fovea.batch.Augmentation;
import io.fovea.batch.RandomCrop;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.job.FamiliarityWords;
import io.fovea.job.FeatureResult;
import io.fovea.job.Job;
import io.fovea.job.JobResult;
import io.fovea.job.Jobs;
import io.fovea.job.VerdictWords;
import io.fovea.pretrained.Pretrained;
import io.fovea.training.ComputationSettings;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import io.fovea.transfer.Head;
import io.fovea.transfer.TransferMode;
import io.fovea.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
        // the photographs first: weights can be downloaded, and that is not worth it without them
        try (Dataset dataset = photographs.open(console, workspace, options.data(), PHOTOGRAPHS)) {
            Pretrained pretrained = new LabWeights(console, workspace).find(options.weights());
            double datasetSeconds = (System.nanoTime() - start) / 1e9;
            console.progress(String.format(
                    Locale.ROOT,
                    "%,d photographs to train on, %,d to test on, ready after %.1f s.",
                    dataset.count(Split.TRAINING),
                    dataset.count(Split.TEST),
                    datasetSeconds));
            TrainingSettings varied = TrainingSettings.defaults(options.seed()).withAugmentation(VARIED);
            Map<String, Object> settings =
                    new LinkedHashMap<>(SettingsYaml.tree(varied.withComputation(new ComputationSettings(
                            varied.computation().engine(), varied.computation().precision(), options.threads()))));
            ((Map<?, ?>) settings.get("step")).remove("regularisation"); // a head searches its own pull to zero
            Job job = new Job.Train(
                    dataset.name(),
                    Optional.empty(),
                    Optional.of(lab + "-" + pretrained.network()),
                    Optional.empty(),
                    Optional.of(pretrained.name()),
                    Optional.of(new TransferMode.CachedFeatures().word()),
                    Optional.of(new Head.Linear().word()),
                    Optional.of(options.copies()),
                    false,
                    settings,
                    List.of(),
                    false);
            Optional<JobResult> result = new JobDoor(console, workspace).run(job, Jobs.Going.ON);
            if (result.isEmpty()) return ExitCode.FAILED;
            FeatureResult done = (FeatureResult) result.get();
            switch (format) {
                case JSON -> console.json(asJson(pretrained, dataset, done, datasetSeconds));
                case TEXT -> print(done);
            }
            return required.exitCode(done.verdict(), console);
        }
    }

    private void print(FeatureResult done) {
        console.result(VerdictWords.line(done.verdict(), done.split()));
        console.result(FamiliarityWords.line(done.export().familiarity()));
        console.result("Model     " + done.export().path());
        console.result("Run       " + done.runFolder());
        console.result(String.format(
                Locale.ROOT,
                "Time      %.1f s since the start, %.1f s of them features of %,d pictures, %.2f s the head",
                JvmClock.secondsSinceStart(),
                done.outcome().featureSeconds(),
                done.outcome().pictures(),
                done.outcome().headSeconds()));
        console.result("");
        console.result(
                "Try it:   " + Launched.command() + " predict " + done.export().path() + " PICTURE");
    }

    private Map<String, Object> asJson(
            Pretrained pretrained, Dataset dataset, FeatureResult done, double datasetSeconds) {
        Map<String, Object> seconds = new LinkedHashMap<>();
        seconds.put("total", JvmClock.rounded(JvmClock.secondsSinceStart()));
        seconds.put("dataset", JvmClock.rounded(datasetSeconds));
        seconds.put("features", JvmClock.rounded(done.outcome().featureSeconds()));
        seconds.put("head", JvmClock.rounded(done.outcome().headSeconds()));
        seconds.put("evaluation", JvmClock.rounded(done.evaluationSeconds()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lab", lab);
        json.put("weights", pretrained.name());
        json.put("trainImages", dataset.count(Split.TRAINING));
        json.put("testImages", dataset.count(Split.TEST));
        done.put("test", json);
        json.put("seconds", seconds);
        return json;
    }
}
