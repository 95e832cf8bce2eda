package io.fovea.work;

import io.fovea.choice.BackbonePlan;
import io.fovea.choice.DatasetChoice;
import io.fovea.choice.TaskWord;
import io.fovea.dataset.Dataset;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.Outcome;
import io.fovea.event.TrainingEvent.RunFinished;
import io.fovea.image.Preprocessing;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.problem.Problem;
import io.fovea.training.Checkpoint;
import io.fovea.training.FinishedRun;
import io.fovea.training.RunFolder;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingResult;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a training of the workspace left in a checkpoint: its network with its weights, and how these know pictures.
 *
 * @param workspace the run's
 * @param run       its folder
 * @param file      the checkpoint
 * @param job       what the run was asked to do
 */
record CheckpointChoice(Workspace workspace, RunFolder run, Path file, Job.Train job) {

    /**
     * Finds it.
     *
     * @param words run and checkpoint, such as {@code digits-lenet-1/best}
     * @throws Problem if there is none, or the run is no training
     */
    static CheckpointChoice of(String words, Workspace workspace) {
        int slash = words.indexOf('/');
        if (slash < 1)
            throw new Problem(
                    "\"" + words + "\" names no checkpoint.",
                    "from",
                    "write run/checkpoint, such as digits-lenet-1/best");
        return of(words.substring(0, slash), words.substring(slash + 1), workspace);
    }

    static CheckpointChoice of(String run, String checkpoint, Workspace workspace) {
        Path folder = workspace.existing(Shelf.RUNS, run);
        RunFolder files = new RunFolder(folder);
        Path file = files.checkpoint(checkpoint);
        Optional<Job> job = new JobFolder(folder).readOrder().map(JobYaml.Order::job);
        if (job.isPresent() && job.get() instanceof Job.Train training)
            return new CheckpointChoice(workspace, files, file, training);
        throw new Problem(
                "The run is no training of this version of Fovea, so what its weights were trained on is not known.",
                folder.toString(),
                "name a run of \"fovea train\"");
    }

    /** Returns the files and folders that say what it is. */
    List<Path> places() {
        JobFolder folder = new JobFolder(run.path());
        List<Path> places =
                new ArrayList<>(List.of(file, run.network(), run.settings(), folder.order(), folder.inputs()));
        if (job.from().isPresent()) {
            places.addAll(of(job.from().get(), workspace).places());
            return places;
        }
        try (Dataset stored = stored()) {
            places.add(stored.folder());
        }
        job.pretrained().ifPresent(name -> places.add(workspace.weights(name)));
        return places;
    }

    Network network() {
        return NetworkYaml.read(run.network());
    }

    TrainingSettings settings() {
        return FinishedRun.settings(run.settings());
    }

    TrainingStart start() {
        return TrainingStart.of(Checkpoint.read(file).weights(), preprocessing());
    }

    /** Opens what the run learned from. */
    Dataset stored() {
        Dataset stored = DatasetChoice.open(workspace, job.data());
        if (new JobFolder(run.path()).workedOn(learned(stored).contentHash())) return stored;
        stored.close();
        throw new Problem(
                "The dataset was made anew since the run learned from it.",
                "dataset \"" + job.data() + "\", run \"" + run.path().getFileName() + "\"",
                "train on it as it is now");
    }

    /** Returns the dataset as the run sees it. */
    Dataset learned(Dataset stored) {
        boolean reconstructs =
                job.task().filter(TaskWord.RECONSTRUCTION.word()::equals).isPresent();
        return reconstructs ? stored.forReconstruction() : stored;
    }

    private Preprocessing preprocessing() {
        if (job.from().isPresent()) return of(job.from().get(), workspace).preprocessing();
        try (Dataset stored = stored()) {
            return job.pretrained()
                    .map(name -> PretrainedFolder.read(workspace.existing(Shelf.WEIGHTS, name)))
                    .map(pretrained -> BackbonePlan.preprocessing(pretrained, stored))
                    .orElseGet(() -> Trainer.preprocessing(learned(stored)));
        }
    }

    /** Returns what the run had left when it wrote the checkpoint. */
    TrainingResult result() {
        Checkpoint checkpoint = Checkpoint.read(file);
        Checkpoint.Progress progress = checkpoint.progress();
        Outcome outcome = Outcome.STOPPED;
        for (TrainingEvent event : Trainer.events(run.path()))
            if (event instanceof RunFinished finished) outcome = finished.outcome();
        return new TrainingResult(
                outcome,
                network(),
                preprocessing(),
                checkpoint.weights(),
                progress.epoch(),
                progress.epoch(),
                Optional.empty(),
                progress.trainingSeconds(),
                progress.trainingSeconds() > 0 ? progress.trainedPictures() / progress.trainingSeconds() : 0);
    }
}
