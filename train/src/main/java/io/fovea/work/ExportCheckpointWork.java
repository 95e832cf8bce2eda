package io.fovea.work;

import io.fovea.dataset.Dataset;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.export.TrainedModel;
import io.fovea.file.Hash;
import io.fovea.job.Job;
import io.fovea.result.JobResult;
import io.fovea.speed.SpeedRecords;
import io.fovea.training.TrainingResult;
import io.fovea.training.TrainingSettings;
import io.fovea.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link Job.ExportCheckpoint}, looked at. */
final class ExportCheckpointWork implements Work {

    private final Job.ExportCheckpoint job;
    private final CheckpointChoice checkpoint;
    private final Dataset stored;

    ExportCheckpointWork(Job.ExportCheckpoint job, Workspace workspace) {
        this.job = job;
        checkpoint = CheckpointChoice.of(job.run(), job.checkpoint(), workspace);
        workspace.model(model());
        stored = checkpoint.stored();
        try {
            TrainedModel.judgingSplit(stored);
        } catch (RuntimeException failure) {
            stored.close();
            throw failure;
        }
    }

    private String model() {
        return job.name().orElse(job.run() + "-" + job.checkpoint());
    }

    @Override
    public String name() {
        return job.prefix();
    }

    @Override
    public Map<String, String> inputs() {
        return new LinkedHashMap<>(Map.of("dataset", stored.contentHash(), "checkpoint", Hash.of(checkpoint.file())));
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        long began = System.nanoTime();
        Dataset dataset = checkpoint.learned(stored);
        TrainingSettings settings = checkpoint.settings();
        TrainingResult result = checkpoint.result();
        site.telling().stage("judging");
        TrainedModel judged = TrainedModel.judge(result, dataset, settings);
        EvaluationFiles.write(judged.verdict(), judged::picture, site.folder());
        site.telling().stage("writing the model");
        EpochTraining training = new EpochTraining(
                new TrainingPlan(model(), dataset, result.network(), settings),
                Set.of(),
                List.of(),
                SpeedRecords.none());
        return Optional.of(training.written(
                new EpochTraining.Judged(result, judged, site.folder(), 0, (System.nanoTime() - began) / 1e9),
                site.workspace().newModel(model())));
    }

    @Override
    public void close() {
        stored.close();
    }
}
