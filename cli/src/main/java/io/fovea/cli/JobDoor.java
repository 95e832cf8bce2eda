package io.fovea.cli;

import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.result.JobResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.Interruption;
import io.fovea.terminal.JobConsole;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.util.Optional;

/** Does jobs for the terminal: shows what happens, and lets Ctrl-C end them after a checkpoint. */
final class JobDoor {

    private final Console console;
    private final Jobs jobs;

    JobDoor(Console console, Workspace workspace) {
        this.console = console;
        this.jobs = new Jobs(workspace);
    }

    /** Does a job, or goes on with it; empty if it was stopped. */
    Optional<JobResult> run(Job job, Jobs.Going going) {
        return run(JobYaml.Order.of(job), going);
    }

    /** Does the same for one that may wait for others. */
    Optional<JobResult> run(JobYaml.Order order, Jobs.Going going) {
        return run(jobs.begin(order, going));
    }

    /** Takes a job up again; empty if it was stopped. */
    Optional<JobResult> again(String id) {
        return run(jobs.again(id));
    }

    private Optional<JobResult> run(Jobs.Run run) {
        try (Interruption interruption = new Interruption(console)) {
            Optional<JobResult> result = run.run(new JobConsole(console), interruption.signal());
            // said before the process may end
            if (result.isEmpty()) console.progress("The same command goes on from here; the run is in " + run.folder());
            return result;
        }
    }
}
