package io.fovea.cli;

import io.fovea.result.DataJson;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.work.JobState;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea job stop}: asks the process that does a job to end it after a checkpoint. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Let a job end after a checkpoint, whoever does it; \"fovea job run NAME\" goes on.",
        footer = {"", "Example:", "  fovea job stop digits-lenet-1"})
final class JobStopCommand extends Verb {

    @Parameters(paramLabel = "NAME", description = "The name of a job (fovea job list).")
    private String id;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait until it has stopped. Default: ${DEFAULT-VALUE}; 0 only asks.")
    private long seconds;

    JobStopCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws InterruptedException {
        Jobs jobs = new Jobs(workspace.workspace());
        boolean asked = jobs.stop(id);
        JobStatus job = asked ? jobs.waited(id, Duration.ofSeconds(seconds)) : jobs.show(id);
        String words = asked ? id + ": " : id + ": no process does it, it is ";
        print(job::json, () -> console.result(words + DataJson.word(job.state())));
        boolean still = job.state() == JobState.RUNNING || job.state() == JobState.QUEUED && asked;
        return still && seconds > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }
}
