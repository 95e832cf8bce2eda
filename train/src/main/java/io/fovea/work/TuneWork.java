package io.fovea.work;

import io.fovea.choice.TuningAxes;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import io.fovea.remote.RemoteProcesses;
import io.fovea.result.JobResult;
import io.fovea.result.TuneResult;
import io.fovea.training.StopSignal;
import io.fovea.training.TrainingListener;
import io.fovea.trial.Trial;
import io.fovea.trial.TrialResult;
import io.fovea.trial.Tuning;
import io.fovea.trial.TuningAxis;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@link Job.Tune}, looked at. */
final class TuneWork implements PartedWork {

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
    public List<Path> places() {
        return choice.places();
    }

    @Override
    public Optional<JobResult> run(JobSite site) {
        Tuning.Pruning pruning = job.halving() ? Tuning.Pruning.HALVING : Tuning.Pruning.NONE;
        Tuning tuning = tuning(
                site.folder(),
                trial -> {
                    String name = partName(trial.number()) + " of " + trials.size() + ": " + words(trial);
                    site.telling().stage(name);
                    return site.telling().listener().part(name)::on;
                },
                site.stop());
        return made(tuning, pruning, site)
                .map(found -> new TuneResult(
                        job.training().data(),
                        choice.networkName(),
                        plan.network().name(),
                        found,
                        site.folder(),
                        plan.settings().seed()));
    }

    private Optional<List<TrialResult>> made(Tuning tuning, Tuning.Pruning pruning, JobSite site) {
        if (site.machines().isEmpty()) return tuning.run(trials, pruning);
        int threads = plan.settings().computation().threads();
        try (RemoteProcesses processes = site.machines().get().open("tune", this, threads)) {
            return tuning.run(trials, pruning, new RemoteRuns(processes, this, job, site, trials.size()));
        }
    }

    private Tuning tuning(Path folder, Function<Trial, TrainingListener> listener, StopSignal stop) {
        return new Tuning(plan.dataset(), plan.network(), plan.start(), folder, listener, stop);
    }

    @Override
    public String partName(int number) {
        return "trial " + number;
    }

    @Override
    public Path partFolder(Path folder, int number) {
        return Tuning.run(folder, trials.get(number - 1));
    }

    @Override
    public boolean isPartMade(Path folder, int number, int epochs) {
        return tuning(folder, _ -> event -> {}, new StopSignal()).isMade(trials.get(number - 1), epochs);
    }

    @Override
    public boolean makePart(Path folder, int number, int epochs, TrainingListener listener, StopSignal stop) {
        return tuning(folder, _ -> listener, stop).make(trials.get(number - 1), epochs);
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
