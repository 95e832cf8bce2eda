package io.fovea.cli;

import io.fovea.job.DataJson;
import io.fovea.job.JobStatus;
import io.fovea.job.Jobs;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fovea job list}: every job of the workspace and how it stands. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "List the workspace's jobs, the newest last.")
final class JobListCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    JobListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<JobStatus> jobs = new Jobs(workspace.workspace()).list();
        switch (output.format()) {
            case JSON ->
                console.json(
                        Map.of("jobs", jobs.stream().map(JobListCommand::json).toList()));
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

    /** Returns a job's status for programs. */
    static Map<String, Object> json(JobStatus job) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", job.id());
        json.put("kind", job.kind());
        json.put("state", DataJson.word(job.state()));
        job.began().ifPresent(at -> json.put("began", at.toString()));
        job.last().ifPresent(at -> json.put("last", at.toString()));
        json.put("events", job.events());
        job.stage().ifPresent(stage -> json.put("stage", stage));
        job.problem()
                .ifPresent(problem -> json.put(
                        "problem", Map.of("what", problem.what(), "where", problem.where(), "do", problem.remedy())));
        json.put("folder", job.folder().toString());
        return json;
    }
}
