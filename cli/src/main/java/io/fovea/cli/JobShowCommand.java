package io.fovea.cli;

import io.fovea.event.EventLog;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.work.JobPage;
import io.fovea.work.JobState;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea job show}: what a job is to do, how it stands, and what happened. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Show what a job is to do, how it stands and what happened.",
        footer = {
            "",
            "Examples:",
            "  fovea job show digits-lenet-1",
            "  fovea job show digits-lenet-1 --events --after 120    as lines of JSON, those after the 120th"
        })
final class JobShowCommand extends Verb {

    @Parameters(paramLabel = "NAME", description = "The name of a job (fovea job list).")
    private String id;

    @Option(names = "--events", description = "Print its events instead, a line of JSON for each.")
    private boolean events;

    @Option(
            names = "--after",
            paramLabel = "N",
            defaultValue = "0",
            description = "With --events: only those whose number is above N. Default: ${DEFAULT-VALUE}, all.")
    private long after;

    JobShowCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Jobs jobs = new Jobs(workspace.workspace());
        JobStatus job = jobs.show(id);
        if (events) {
            jobs.events(id, after).forEach(event -> console.result(EventLog.line(event)));
            return ExitCode.DONE;
        }
        switch (output.format()) {
            case JSON -> {
                Map<String, Object> json = job.json();
                if (job.state() == JobState.DONE) json.put("result", jobs.result(id));
                console.json(json);
            }
            case TEXT -> JobPage.lines(jobs, job).forEach(console::result);
        }
        return ExitCode.DONE;
    }
}
