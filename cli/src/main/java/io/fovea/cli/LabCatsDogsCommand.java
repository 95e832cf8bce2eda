package io.fovea.cli;

import io.fovea.terminal.Console;
import picocli.CommandLine.Command;

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
final class LabCatsDogsCommand extends PhotographLabVerb {

    LabCatsDogsCommand(Console console) {
        super(console);
    }
}
