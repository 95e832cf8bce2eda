package io.fovea.work;

import io.fovea.file.AtomicFile;
import io.fovea.job.Job;
import io.fovea.result.JobResult;
import io.fovea.result.LearningRateResult;
import io.fovea.training.LearningRateCurve;
import io.fovea.training.LearningRateFinder;
import io.fovea.training.Trainer;
import io.fovea.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Job.LearningRate}, looked at. */
final class LearningRateWork implements Work {

    private final TrainingChoice choice;
    private final List<String> notes;

    LearningRateWork(Job.LearningRate job, Workspace workspace) {
        choice = new TrainingChoice(job.training(), workspace, TrainingChoice.LearnedPictures.TRAINING);
        try {
            choice.refuseFeatures(
                    "A head on features has no learning rate: it is fitted to its minimum at once.",
                    "learning rate of a training with transfer features");
            notes = choice.check();
        } catch (RuntimeException failure) {
            choice.close();
            throw failure;
        }
    }

    @Override
    public String name() {
        return choice.model() + "-learning-rate";
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
        List<String> found = Trainer.remarks(plan.dataset(), plan.network(), plan.settings(), plan.start());
        found.forEach(site.telling()::note);
        LearningRateFinder finder = LearningRateFinder.USUAL;
        int[] done = {0};
        site.telling().stage("trying rates");
        LearningRateCurve curve = finder.search(
                plan.dataset(),
                plan.network(),
                plan.settings(),
                plan.start(),
                point -> site.telling().progressed("trying rates", ++done[0], finder.steps(), "steps"),
                site.stop());
        if (site.stop().isRequested()) return Optional.empty();
        Path file = site.folder().resolve("learning-rate.csv");
        AtomicFile.write(file, curve.csv().getBytes(StandardCharsets.UTF_8));
        List<String> remarks = new ArrayList<>(notes);
        remarks.addAll(found);
        return Optional.of(new LearningRateResult(
                plan.dataset().name(),
                plan.network().name(),
                curve,
                file,
                plan.settings().seed(),
                remarks));
    }

    @Override
    public void close() {
        choice.close();
    }
}
