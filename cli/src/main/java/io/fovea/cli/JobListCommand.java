package io.fovea.cli;

import io.fovea.job.JobStatus;
import io.fovea.job.Jobs;
import io.fovea.result.DataJson;
import io.fovea.result.TextTable;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
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

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    JobListCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        List<JobStatus> jobs = new Jobs(workspace.workspace()).list();
        switch (output.format()) {
            case JSON ->
                console.json(Map.of("jobs", jobs.stream().map(JobStatus::json).toList()));
            case TEXT -> print(jobs);
        }
        return ExitCode.DONE;
    }

    private void print(List<JobStatus> jobs) {
        if (jobs.isEmpty()) {
            console.result("No jobs yet: fovea train, fovea data import and the like make them.");
            return;
        }
        TextTable table = new TextTable("Job", "Kind", "State", "Began", "Last");
        for (JobStatus job : jobs) {
            table.row(
                    job.id(),
                    job.kind(),
                    DataJson.word(job.state()),
                    job.began().map(TIME::format).orElse("–"),
                    job.stage().orElse("–"));
        }
        table.lines().forEach(console::result);
    }
}
