package io.fovea.work;

import io.fovea.choice.BackbonePlan;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.export.ExportReport;
import io.fovea.export.ModelParts;
import io.fovea.export.Origin;
import io.fovea.export.TrainedModel;
import io.fovea.export.WeightsEntry;
import io.fovea.jvm.Build;
import io.fovea.network.Inference;
import io.fovea.progress.Telling;
import io.fovea.result.FeatureResult;
import io.fovea.training.SettingsYaml;
import io.fovea.transfer.FeatureTransfer;
import io.fovea.transfer.HeadGoal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A head on features from its settings to its model: features, head, judge, write. */
final class FeatureTraining {

    private final BackbonePlan plan;
    private final Dataset dataset;
    private final FeatureTransfer.Settings settings;
    private final int threads;
    private final List<String> notes;

    /** @param notes what was said before */
    FeatureTraining(
            BackbonePlan plan, Dataset dataset, FeatureTransfer.Settings settings, int threads, List<String> notes) {
        this.plan = plan;
        this.dataset = dataset;
        this.settings = settings;
        this.threads = threads;
        this.notes = notes;
    }

    /** Trains a head on features, judges the whole and writes the model. */
    FeatureResult run(String model, WeightsEntry weights, Path folder, ModelPlace target, Telling telling) {
        FeatureTransfer.Outcome outcome = plan.features(dataset, settings, threads, telling);
        long start = System.nanoTime();
        telling.stage("judging");
        TrainedModel judged = TrainedModel.judge(
                        new ModelParts(outcome.network(), outcome.preprocessing(), outcome.weights()),
                        dataset,
                        origin(),
                        outcome.outputs())
                .withFeatures(outcome.features());
        EvaluationFiles.write(judged.verdict(), judged::picture, folder);
        telling.stage("writing the model");
        ExportReport export = judged.export(model, Build.version(), weights, target.file());
        Map<Split, Integer> counts = new LinkedHashMap<>();
        for (Split split : Split.values()) counts.put(split, dataset.count(split));
        return new FeatureResult(
                dataset.name(),
                outcome,
                Inference.of(outcome.network()).parameters()
                        - Inference.of(plan.backbone().network()).parameters(),
                settings,
                judged.split(),
                judged.verdict(),
                export,
                folder,
                (System.nanoTime() - start) / 1e9,
                counts,
                notes);
    }

    /** Returns how the weights are made: enough to make them again. */
    private Origin origin() {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("pretrained", plan.pretrained().name());
        chosen.put("pretrainedSha256", plan.pretrained().sha256());
        chosen.put("pretrainedSource", plan.pretrained().source());
        chosen.put("pretrainedLicence", plan.pretrained().licence());
        chosen.put("transfer", "features");
        chosen.put("head", settings.head().word());
        chosen.put("copies", Integer.toString(settings.copies()));
        if (settings.copies() > 0) chosen.put("augmentation.yaml", SettingsYaml.text(settings.augmentation()));
        HeadGoal goal = settings.goal();
        if (!goal.classWeights().isEmpty())
            chosen.put("classWeights", goal.classWeights().toString());
        if (goal.smoothing() > 0) chosen.put("labelSmoothing", Double.toString(goal.smoothing()));
        goal.decay().ifPresent(decay -> chosen.put("l2", Double.toString(decay)));
        return new Origin(chosen, settings.seed());
    }
}
