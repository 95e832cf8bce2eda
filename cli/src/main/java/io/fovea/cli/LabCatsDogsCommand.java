package io.fovea.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fovea lab cats-dogs}: transfer learning, from photographs to a tested model. */
@Command(
        name = "cats-dogs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
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

    private static final LabPhotographs PHOTOGRAPHS =
            new LabPhotographs("cats-dogs", "a part of the set \"Dogs vs. Cats\"");

    private final Console console;

    @Mixin
    private LabTransferOptions options;

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
        return new LabTransfer("cats-dogs", PHOTOGRAPHS, console, workspace.workspace())
                .run(options, accuracy, output.format());
    }
}
