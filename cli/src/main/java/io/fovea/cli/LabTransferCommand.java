package io.fovea.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fovea lab transfer}: transfer learning, from photographs to a tested model. */
@Command(
        name = "transfer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Teach a network trained on a million photographs to tell ants from bees.",
        description = {
            "",
            "Ants and bees: 244 photographs to learn from, 153 to test on.",
            "The network sees every photograph once; a new head is trained on what it says, in less than a second.",
            "Nothing is chosen on \"val\": it is the test.",
            ""
        },
        footer = {"", "Example:", "  fovea lab transfer --data hymenoptera/"})
final class LabTransferCommand implements Callable<Integer> {

    private static final LabPhotographs PHOTOGRAPHS =
            new LabPhotographs("hymenoptera", "the set \"hymenoptera_data\" of PyTorch's transfer-learning tutorial");

    private final Console console;

    @Mixin
    private LabTransferOptions options;

    @Mixin
    private AccuracyOption accuracy;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    LabTransferCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new LabTransfer("transfer", PHOTOGRAPHS, console, workspace.workspace())
                .run(options, accuracy, output.format());
    }
}
