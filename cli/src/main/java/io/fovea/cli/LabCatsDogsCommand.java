package io.fovea.cli;

import io.fovea.lab.PhotographResult;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea lab cats-dogs}: transfer learning, from photographs to a tested model. */
@Command(
        name = "cats-dogs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = RecipeDefaults.class,
        header = "Teach a network trained on a million photographs to tell cats from dogs.",
        description = {
            "",
            "Cats and dogs: as many photographs as the folders hold.",
            "The network sees every photograph once; a new head is trained on what it says, in less than a second.",
            "Nothing is chosen on \"val\": it is the test.",
            ""
        },
        footer = {"", "Example:", "  fovea lab cats-dogs --data cats-dogs/"})
final class LabCatsDogsCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PhotographLabOptions options;

    @Mixin
    private AccuracyOption accuracy;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    LabCatsDogsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<PhotographResult> result =
                new LabDoor(console, workspace.workspace(), spec).run(site -> options.run("cats-dogs", site));
        if (result.isEmpty()) return ExitCode.FAILED;
        switch (output.format()) {
            case JSON -> console.json(result.get().json(JvmClock.secondsSinceStart()));
            case TEXT -> new LabWords(console).print(result.get());
        }
        return accuracy.exitCode(result.get().done().verdict(), console);
    }
}
