package io.fovea.terminal;

import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.result.JobResult;
import io.fovea.work.Jobs;
import io.fovea.work.Machines;
import io.fovea.workspace.Workspace;
import java.util.Optional;

/** Does jobs for the terminal: shows what happens, and lets Ctrl-C end them after a checkpoint. */
public final class JobDoor {

    private final Console console;
    private final Jobs jobs;
    private final Optional<Machines> machines;

    /** Of a workspace. */
    public JobDoor(Console console, Workspace workspace) {
        this(console, workspace, Optional.empty());
    }

    /** Of a workspace; other machines share in the jobs. */
    public JobDoor(Console console, Workspace workspace, Optional<Machines> machines) {
        this.console = console;
        this.jobs = new Jobs(workspace);
        this.machines = machines;
    }

    /** Does a job, or goes on with it; empty if it was stopped. */
    public Optional<JobResult> run(Job job, Jobs.Going going) {
        return run(JobYaml.Order.of(job), going);
    }

    /** Does the same for one that may wait for others. */
    public Optional<JobResult> run(JobYaml.Order order, Jobs.Going going) {
        return run(jobs.begin(order, going));
    }

    /** Takes a job up again; empty if it was stopped. */
    public Optional<JobResult> again(String id) {
        return run(jobs.again(id));
    }

    private Optional<JobResult> run(Jobs.Run run) {
        try (Interruption interruption = new Interruption(console)) {
            Optional<JobResult> result = run.run(new JobConsole(console), interruption.signal(), machines);
            // said before the process may end
            if (result.isEmpty()) console.progress("The same command goes on from here; the run is in " + run.folder());
            return result;
        }
    }
}
