package io.fovea.cli;

import io.fovea.job.Jobs;
import io.fovea.lab.Choice;
import io.fovea.lab.Site;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Does labs for the terminal: shows what happens, and prints what came out. */
final class LabDoor {

    private final Console console;
    private final Workspace workspace;
    private final CommandSpec spec;

    LabDoor(Console console, Workspace workspace, CommandSpec spec) {
        this.console = console;
        this.workspace = workspace;
        this.spec = spec;
    }

    /**
     * Does a lab; empty if it was stopped.
     *
     * @throws ParameterException if a number is out of range
     */
    <T> Optional<T> run(Function<Site, Optional<T>> lab) {
        JobDoor door = new JobDoor(console, workspace);
        Path home = Path.of(System.getProperty("user.home"));
        try (SiteConsole shown = new SiteConsole(console)) {
            return lab.apply(new Site(workspace, System.getenv(), home, shown, job -> door.run(job, Jobs.Going.ON)));
        } catch (Choice.OutOfRange outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }
}
