package io.fovea.work;

import io.fovea.job.Job;
import io.fovea.result.FoldsResult;
import io.fovea.result.JobResult;
import io.fovea.training.CrossValidation;
import io.fovea.training.FoldReport;
import io.fovea.training.Trainer;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@link Job.Folds}, looked at. */
final class FoldsWork implements Work {

    private final int folds;
    private final TrainingChoice choice;
    private final List<String> notes;

    FoldsWork(Job.Folds job, Workspace workspace) {
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
    public Optional<JobResult> run(JobSite site) {
        TrainingPlan plan = choice.plan(site.telling());
        CrossValidation validation =
                new CrossValidation(plan.dataset(), plan.network(), plan.settings(), plan.startOfFold());
        validation.check(folds);
        Optional<FoldReport> report = validation.run(
                folds,
                site.folder(),
                fold -> {
                    String name = "fold " + fold + " of " + folds;
                    site.telling().stage(name);
                    return site.telling().listener().part(name)::on;
                },
                site.stop());
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

    private List<String> remarks(Path folder) {
        return IntStream.rangeClosed(1, folds)
                .mapToObj(fold -> Trainer.remarks(folder.resolve("fold-" + fold)))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        choice.close();
    }
}
