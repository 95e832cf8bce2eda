package io.fovea.cli;

import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.work.JobPage;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code fovea job list}: every job of the workspace and how it stands. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "List the workspace's jobs, the newest last.",
        footer = {"", "Example:", "  fovea job list"})
final class JobListCommand extends Verb {

    JobListCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        List<JobStatus> jobs = new Jobs(workspace.workspace()).list();
        print(
                () -> Map.of("jobs", jobs.stream().map(JobStatus::json).toList()),
                () -> JobPage.table(jobs, ZoneId.systemDefault()).forEach(console::result));
        return ExitCode.DONE;
    }
}
