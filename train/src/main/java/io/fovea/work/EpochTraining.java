package io.fovea.work;

import io.fovea.dataset.Split;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.event.TrainingEvent;
import io.fovea.export.ExportReport;
import io.fovea.export.TrainedModel;
import io.fovea.jvm.Build;
import io.fovea.module.ParameterVector;
import io.fovea.network.Inference;
import io.fovea.progress.Telling;
import io.fovea.result.LearningCurves;
import io.fovea.result.TrainResult;
import io.fovea.speed.SpeedRecords;
import io.fovea.training.RunOutput;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A training in epochs from its plan to its model: train, judge, write. */
final class EpochTraining {

    private final TrainingPlan plan;
    private final Set<RunOutput> outputs;
    private final List<String> notes;
    private final SpeedRecords speeds;

    /**
     * Nothing is done yet.
     *
     * @param notes  what was said before
     * @param speeds how fast this machine is known to train
     */
    EpochTraining(TrainingPlan plan, Set<RunOutput> outputs, List<String> notes, SpeedRecords speeds) {
        this.plan = plan;
        this.outputs = outputs;
        this.notes = notes;
        this.speeds = speeds;
    }

    /** Trains, or goes on from the folder's checkpoint, and writes the model there; empty if it was stopped after a checkpoint. */
    Optional<TrainResult> run(Path folder, ModelPlace target, Telling telling, StopSignal stop) {
        return judged(folder, telling, stop).map(judged -> {
            telling.stage("writing the model");
            return written(judged, target.file());
        });
    }

    /**
     * A network that was trained and judged, and is not written yet.
     *
     * @param result            what the training left
     * @param model             judged
     * @param folder            the run's files
     * @param trainingSeconds   of this process
     * @param evaluationSeconds of judging
     */
    record Judged(
            TrainingResult result, TrainedModel model, Path folder, double trainingSeconds, double evaluationSeconds) {}

    /** Trains and judges; empty if it was stopped after a checkpoint. */
    Optional<Judged> judged(Path folder, Telling telling, StopSignal stop) {
        long start = System.nanoTime();
        TrainingResult result = new Trainer(
                        plan.dataset(),
                        plan.network(),
                        plan.settings(),
                        plan.start(),
                        folder,
                        telling.listener()::on,
                        stop)
                .writing(outputs)
                .measuring(speeds)
                .run(telling.log());
        if (result.outcome() == TrainingEvent.Outcome.STOPPED) return Optional.empty();
        long trained = System.nanoTime();
        telling.stage("judging");
        TrainedModel model = TrainedModel.judge(result, plan.dataset(), plan.settings());
        EvaluationFiles.write(model.verdict(), model::picture, folder);
        LearningCurves.write(folder);
        return Optional.of(
                new Judged(result, model, folder, (trained - start) / 1e9, (System.nanoTime() - trained) / 1e9));
    }

    /** Writes the model. */
    TrainResult written(Judged judged, Path file) {
        long start = System.nanoTime();
        ExportReport export = judged.model().export(plan.model(), Build.version(), plan.weights(), file);
        List<String> remarks = new ArrayList<>(notes);
        remarks.addAll(Trainer.remarks(judged.folder()));
        return new TrainResult(
                plan.dataset().name(),
                Inference.of(plan.network()).parameters(),
                new ParameterVector(plan.network(), plan.settings().step().layerRates()).trainedCount(),
                judged.result(),
                judged.model().split(),
                judged.model().verdict(),
                export,
                judged.folder(),
                judged.trainingSeconds(),
                judged.evaluationSeconds() + (System.nanoTime() - start) / 1e9,
                plan.settings().seed(),
                counts(plan),
                remarks);
    }

    private static Map<Split, Integer> counts(TrainingPlan plan) {
        Map<Split, Integer> counts = new LinkedHashMap<>();
        for (Split split : Split.values()) counts.put(split, plan.dataset().count(split));
        return counts;
    }
}
