package io.fovea.cli;

import io.fovea.lab.Choice;
import io.fovea.lab.LabReport;
import io.fovea.lab.LabResult;
import io.fovea.lab.Site;
import io.fovea.terminal.Console;
import io.fovea.terminal.SiteConsole;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ParameterException;

/** A lab: does it for the terminal, shows what happens, and prints what came out. */
abstract class LabVerb extends Verb {

    LabVerb(Console console) {
        super(console);
    }

    /**
     * Does a lab and prints what came out; empty if it was stopped.
     *
     * @throws ParameterException if a number is out of range
     */
    final <T extends LabResult> Optional<T> lab(Function<Site, Optional<T>> lab) {
        Workspace place = workspace.workspace();
        Path home = Path.of(System.getProperty("user.home"));
        Optional<T> result;
        try (SiteConsole shown = new SiteConsole(console)) {
            result = lab.apply(new Site(place, System.getenv(), home, shown, job -> run(job, Jobs.Going.ON)));
        } catch (Choice.OutOfRange outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
        double seconds = JvmClock.secondsSinceStart();
        result.ifPresent(
                made -> print(() -> made.json(seconds), () -> LabReport.lines(made, Launched.command(), seconds)
                        .forEach(console::result)));
        return result;
    }
}
