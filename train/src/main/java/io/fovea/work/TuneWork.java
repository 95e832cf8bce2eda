package io.fovea.work;

import io.fovea.choice.TuningAxes;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.result.JobResult;
import io.fovea.result.TuneResult;
import io.fovea.training.Trial;
import io.fovea.training.TrialResult;
import io.fovea.training.Tuning;
import io.fovea.training.TuningAxis;
import io.fovea.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Job.Tune}, looked at. */
final class TuneWork implements Work {

    private final Job.Tune job;
    private final TrainingChoice choice;
    private final TrainingPlan plan;
    private final List<Trial> trials;

    TuneWork(Job.Tune job, Workspace workspace) {
        this.job = job;
        if (job.training().pretrained().isPresent()) {
            throw new Problem(
                    "Settings are tried from scratch, but pretrained weights are named.",
                    "weights \"" + job.training().pretrained().get() + "\"",
                    "leave them out, and name a network");
        }
        choice = new TrainingChoice(job.training(), workspace, TrainingChoice.LearnedPictures.TRAINING);
        try {
            trials = trials();
            plan = new TrainingPlan(
                    choice.model(),
                    choice.dataset(),
                    choice.drawnNetwork(),
                    choice.settings(),
                    choice.start(),
                    _ -> choice.start());
            Tuning.check(plan.dataset(), plan.network(), trials, plan.start());
        } catch (RuntimeException failure) {
            choice.close();
            throw failure;
        }
    }

    private List<Trial> trials() {
        try {
            List<TuningAxis> axes = TuningAxes.of(job.tried());
            return job.random().isEmpty()
                    ? Trial.grid(choice.settings(), axes)
                    : Trial.random(
                            choice.settings(),
                            axes,
                            job.random().get(),
                            choice.settings().seed());
        } catch (IllegalArgumentException outOfRange) {
            throw new Problem(outOfRange.getMessage() + ".", "what is tried", "write values in this range", outOfRange);
        }
    }

    @Override
    public String name() {
        return choice.model() + "-tune";
    }

    @Override
    public List<String> notes() {
        return choice.notes();
    }

    @Override
    public Map<String, String> inputs() {
        return choice.inputs();
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        Tuning tuning = new Tuning(
                plan.dataset(),
                plan.network(),
                plan.start(),
                site.folder(),
                trial -> {
                    String name = "trial " + trial.number() + " of " + trials.size() + ": " + words(trial);
                    site.telling().stage(name);
                    return site.telling().listener().part(name)::on;
                },
                site.stop());
        Optional<List<TrialResult>> results =
                tuning.run(trials, job.halving() ? Tuning.Pruning.HALVING : Tuning.Pruning.NONE);
        return results.map(found -> new TuneResult(
                job.training().data(),
                choice.networkName(),
                plan.network().name(),
                found,
                site.folder(),
                plan.settings().seed()));
    }

    /** Returns what a trial tries, for people. */
    static String words(Trial trial) {
        List<String> words = new ArrayList<>();
        trial.choices().forEach((name, choice) -> words.add(name.replace('_', ' ') + " " + choice));
        return String.join(", ", words);
    }

    @Override
    public void close() {
        choice.close();
    }
}
