package io.fovea.cli;

import io.fovea.terminal.Console;
import picocli.CommandLine.Command;

/** {@code fovea}: what stands before the verb. */
@Command(
        name = "fovea",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB",
        header = "Trains, tests and ships image classifiers from the JVM.",
        footer = {"", "\"fovea\" alone shows first steps, \"fovea VERB --help\" what a verb takes."})
final class FoveaCommand implements Runnable {

    private final Console console;

    FoveaCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        String fovea = Launched.command();
        console.result("Fovea trains, tests and ships image classifiers: pictures in; a trained, tested,");
        console.result("portable classifier out. No account, no network and no GPU are needed.");
        console.result("");
        console.result("Begin with:");
        console.result("  " + fovea + " lab mnist --size small          watch a network learn handwritten digits");
        console.result(
                "  " + fovea + " data import pets photos/        make a dataset of your own folders of pictures");
        console.result(
                "  " + fovea + " train --data pets               train a network on it, test it, write a model file");
        console.result(
                "  " + fovea + " predict latest picture.jpg      say what the model made last sees in a picture");
        console.result("  " + fovea + " doctor                          see what this machine has");
        console.result("");
        console.result("\"" + fovea + " --help\" lists all verbs, \"" + fovea + " VERB --help\" shows what one takes.");
    }
}
