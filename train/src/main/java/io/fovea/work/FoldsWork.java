package io.fovea.work;

import io.fovea.event.EventListener;
import io.fovea.job.Job;
import io.fovea.progress.Telling;
import io.fovea.remote.RemoteProcesses;
import io.fovea.result.FoldsResult;
import io.fovea.result.JobResult;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingListener;
import io.fovea.trial.CrossValidation;
import io.fovea.trial.FoldReport;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@link Job.Folds}, looked at. */
final class FoldsWork implements PartedWork {

    private final Job.Folds job;
    private final int folds;
    private final TrainingChoice choice;
    private final List<String> notes;

    FoldsWork(Job.Folds job, Workspace workspace) {
        this.job = job;
        folds = job.folds();
        choice = new TrainingChoice(job.training(), workspace, TrainingChoice.LearnedPictures.outsideFold(job.folds()));
        try {
            choice.refuseFeatures(
                    "Folds are for trainings in epochs, and a head on features is fitted to its minimum at once.",
                    "folds of a training with transfer features");
            notes = choice.check();
        } catch (RuntimeException failure) {
            choice.close();
            throw failure;
        }
    }

    @Override
    public String name() {
        return choice.model() + "-" + folds + "-folds";
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
        TrainingPlan plan = choice.plan(site.telling());
        CrossValidation validation = validation(plan);
        validation.check(folds);
        Optional<FoldReport> report = made(validation, site);
        List<String> remarks = new ArrayList<>(notes);
        remarks.addAll(remarks(site.folder()));
        return report.map(found -> new FoldsResult(
                plan.dataset().name(),
                plan.network().name(),
                found,
                site.folder(),
                plan.settings().seed(),
                remarks));
    }

    private Optional<FoldReport> made(CrossValidation validation, JobSite site) {
        if (site.machines().isEmpty())
            return validation.run(
                    folds,
                    site.folder(),
                    fold -> {
                        String name = partName(fold) + " of " + folds;
                        site.telling().stage(name);
                        return site.telling().listener().part(name)::on;
                    },
                    site.stop());
        int threads = choice.settings().computation().threads();
        try (RemoteProcesses processes = site.machines().get().open("folds", this, threads)) {
            return validation.run(folds, site.folder(), new RemoteRuns(processes, this, job, site, folds));
        }
    }

    private static CrossValidation validation(TrainingPlan plan) {
        return new CrossValidation(plan.dataset(), plan.network(), plan.settings(), plan.startOfFold());
    }

    @Override
    public String partName(int number) {
        return "fold " + number;
    }

    @Override
    public Path partFolder(Path folder, int number) {
        return CrossValidation.run(folder, number);
    }

    @Override
    public boolean isPartMade(Path folder, int number, int epochs) {
        return CrossValidation.isMade(folder, number);
    }

    @Override
    public boolean makePart(Path folder, int number, int epochs, TrainingListener listener, StopSignal stop) {
        Telling nobody = new Telling(Optional.empty(), EventListener.NOBODY, stop);
        return validation(choice.plan(nobody)).make(number, folds, folder, listener, stop);
    }

    private List<String> remarks(Path folder) {
        return IntStream.rangeClosed(1, folds)
                .mapToObj(fold -> Trainer.remarks(CrossValidation.run(folder, fold)))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        choice.close();
    }
}
