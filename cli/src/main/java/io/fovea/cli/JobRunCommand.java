package io.fovea.cli;

import io.fovea.job.JobYaml;
import io.fovea.result.JobResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.terminal.JobDoor;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code fovea job run}: a job from a file, or one that was begun before. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Do a job from a file, or go on with one by its name.",
        description = {
            "",
            "The same file goes on where it was stopped or killed. Ctrl-C, or \"fovea job stop\", ends it after a"
                    + " checkpoint.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea job run digits.yaml",
            "  fovea job run digits-lenet-1         one that was stopped",
            "",
            "A file: docs/jobs.md"
        })
final class JobRunCommand extends Verb {

    @Parameters(paramLabel = "FILE|NAME", description = "A job as YAML, or the name of a job (fovea job list).")
    private String job;

    @Mixin
    private GoingOption going;

    @Mixin
    private MachinesOption machines;

    @Mixin
    private RanksOption ranks;

    JobRunCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        JobDoor door = new JobDoor(console, place, ranks.on(machines));
        Optional<JobResult> result = isFile() ? door.run(JobYaml.read(Path.of(job)), going.going()) : again(door);
        if (result.isEmpty()) return ExitCode.FAILED;
        print(result.get());
        return ExitCode.DONE;
    }

    private boolean isFile() {
        return Files.isRegularFile(Path.of(job)) || job.endsWith(".yaml") || job.endsWith(".yml");
    }

    private Optional<JobResult> again(JobDoor door) {
        if (going.going() == Jobs.Going.ANEW) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--anew begins a file's job again; a job's name goes on with just that one: leave one out.");
        }
        return door.again(job);
    }
}
