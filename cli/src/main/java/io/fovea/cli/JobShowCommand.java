package io.fovea.cli;

import io.fovea.event.EventLog;
import io.fovea.job.JobState;
import io.fovea.job.JobStatus;
import io.fovea.job.JobYaml;
import io.fovea.job.Jobs;
import io.fovea.result.DataJson;
import io.fovea.result.EventWords;
import java.util.List;
import java.util.Locale;
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

    private static final int LINES = 12;

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
            case TEXT -> print(jobs, job);
        }
        return ExitCode.DONE;
    }

    private void print(Jobs jobs, JobStatus job) {
        console.result(String.format(
                Locale.ROOT,
                "%s: %s, %s%s",
                job.id(),
                job.kind(),
                DataJson.word(job.state()),
                job.stage().map(stage -> ", " + stage).orElse("")));
        job.problem().ifPresent(problem -> {
            console.result(problem.what());
            console.result("  where: " + problem.where());
            console.result("  do:    " + problem.remedy());
        });
        console.result("Folder    " + job.folder());
        jobs.order(id).ifPresent(order -> {
            console.result("");
            JobYaml.write(order).lines().forEach(line -> console.result("  " + line));
        });
        EventWords words = new EventWords();
        List<String> lines = jobs.events(id, 0).stream()
                .flatMap(event -> words.lines(event).stream())
                .toList();
        if (!lines.isEmpty()) console.result("");
        lines.stream().skip(Math.max(0, lines.size() - LINES)).forEach(line -> console.result("  " + line));
    }
}
