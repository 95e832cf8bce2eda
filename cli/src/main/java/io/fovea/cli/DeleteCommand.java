package io.fovea.cli;

import io.fovea.deletion.Deletion;
import io.fovea.deletion.Deletions;
import io.fovea.queue.JobQueue;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.workspace.Workspace;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea delete}: datasets, runs and models go away, all of them or none. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Delete datasets, runs and models, all that are named or none; not what unfinished jobs need.",
        footer = {"", "Example:", "  fovea delete datasets/digits runs/digits-lenet-1 models/digits-lenet"})
final class DeleteCommand extends Verb {

    @Parameters(arity = "1..*", paramLabel = "THING", description = "datasets/NAME, runs/NAME or models/NAME.")
    private List<String> things;

    @Option(names = "--look", description = "Only say what that would free, and what stays and why.")
    private boolean look;

    DeleteCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        Deletions deletions = new Deletions(place, id -> JobQueue.waits(place, id));
        List<Deletion.Name> names = things.stream().map(Deletion.Name::parse).toList();
        Deletion deletion = look ? deletions.look(names) : deletions.delete(names);
        print(deletion::json, () -> deletion.lines().forEach(console::result));
        return ExitCode.DONE;
    }
}
