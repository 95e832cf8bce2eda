package io.fovea.work;

import io.fovea.choice.HeadChoice;
import io.fovea.event.EventListener;
import io.fovea.job.Job;
import io.fovea.jvm.Build;
import io.fovea.progress.Telling;
import io.fovea.result.JobResult;
import io.fovea.speed.SpeedRecords;
import io.fovea.speed.Surroundings;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingListener;
import io.fovea.transfer.FeatureTransfer;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link Job.Train}, looked at. */
final class TrainWork implements Work {

    private final Job.Train job;
    private final TrainingChoice choice;
    private final List<String> notes;

    TrainWork(Job.Train job, Workspace workspace) {
        this.job = job;
        choice = new TrainingChoice(job, workspace, TrainingChoice.LearnedPictures.TRAINING);
        try {
            choice.checkEnd();
            notes = choice.isOnFeatures() ? featureNotes() : choice.check();
        } catch (RuntimeException failure) {
            choice.close();
            throw failure;
        }
    }

    private List<String> featureNotes() {
        HeadChoice head = choice.head();
        head.settings();
        choice.backbone();
        return java.util.stream.Stream.concat(choice.notes().stream(), head.notes().stream())
                .toList();
    }

    @Override
    public String name() {
        return choice.model();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public Map<String, String> inputs() {
        return choice.inputs();
    }

    @Override
    public List<Path> places() {
        return choice.places();
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        String model = choice.model();
        ModelPlace target = () -> site.workspace().newModel(model);
        if (choice.isOnFeatures()) {
            FeatureTransfer.Settings settings = choice.head().settings();
            int threads = choice.settings().computation().threads();
            FeatureTraining training =
                    new FeatureTraining(choice.backbone(), choice.dataset(), settings, threads, notes);
            return Optional.of(training.run(model, choice.weights(), site.folder(), target, site.telling()));
        }
        if (site.machines().isPresent()
                && !new RemoteRanks(job, this, site)
                        .train(
                                site.machines().get(),
                                choice.settings().computation().threads())) return Optional.empty();
        TrainingPlan plan = choice.plan(site.telling());
        SpeedRecords speeds = SpeedRecords.in(site.workspace().speeds(), Surroundings.here(Build.version()));
        return new EpochTraining(plan, Set.copyOf(job.outputs()), notes, speeds)
                .run(site.folder(), target, site.telling(), site.stop())
                .map(result -> result);
    }

    /** Returns what trains one of several ranks, in this process. */
    Trainer trainer(Path folder, TrainingListener listener, StopSignal stop) {
        TrainingPlan plan = choice.plan(new Telling(Optional.empty(), EventListener.NOBODY, stop));
        return new Trainer(plan.dataset(), plan.network(), plan.settings(), plan.start(), folder, listener, stop)
                .writing(Set.copyOf(job.outputs()));
    }

    /** A head on features is fitted in one go. */
    @Override
    public boolean isShareable() {
        return !choice.isOnFeatures();
    }

    @Override
    public void close() {
        choice.close();
    }
}
