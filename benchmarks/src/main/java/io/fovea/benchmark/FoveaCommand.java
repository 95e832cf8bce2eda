package io.fovea.benchmark;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code ./fovea} of this repository, as a user calls it. */
final class FoveaCommand {

    private FoveaCommand() {}

    /** Returns the program and its arguments. */
    static List<String> of(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Repository.root().resolve("fovea").toString());
        command.addAll(arguments);
        return command;
    }

    /** Lets the launcher build what is not built, so that no run pays for it. */
    static void build() throws IOException, InterruptedException {
        run(List.of("--version"));
    }

    /**
     * Runs it; its progress is seen, its result is not.
     *
     * @throws Problem if it fails
     */
    static void run(List<String> arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(of(arguments))
                .directory(Repository.root().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new Problem(
                    "Fovea ended with exit code " + process.exitValue() + ".",
                    "./fovea " + String.join(" ", arguments),
                    "see its words above");
        }
    }
}
