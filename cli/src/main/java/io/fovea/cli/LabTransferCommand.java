package io.fovea.cli;

import io.fovea.terminal.Console;
import picocli.CommandLine.Command;

/** {@code fovea lab transfer}: transfer learning, from photographs to a tested model. */
@Command(
        name = "transfer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = RecipeDefaults.class,
        header = "Teach a network trained on a million photographs to tell ants from bees.",
        description = {
            "",
            "Ants and bees: 244 photographs to learn from, 153 to test on.",
            "The network sees every photograph once; a new head is trained on what it says, in less than a second.",
            "Nothing is chosen on \"val\": it is the test.",
            ""
        },
        footer = {"", "Example:", "  fovea lab transfer --data hymenoptera/"})
final class LabTransferCommand extends PhotographLabVerb {

    LabTransferCommand(Console console) {
        super(console);
    }
}
