package io.fovea.cli;

import io.fovea.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command within the process of the test, where neither signals nor the process's streams matter. */
final class InProcess {

    private final Path workspace;

    InProcess(Path workspace) {
        this.workspace = workspace;
    }

    /** Returns a console that prints into nothing. */
    static Console silent() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        return new Console(nowhere, nowhere, Console.Display.PLAIN, Console.Color.OFF);
    }

    /** Runs words with a blank between, in the workspace. */
    Outcome run(String line) {
        return run(line.split(" "));
    }

    /** Runs words, in the workspace. */
    Outcome run(String... line) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(results, true, StandardCharsets.UTF_8),
                new PrintStream(progress, true, StandardCharsets.UTF_8),
                Console.Display.PLAIN,
                Console.Color.OFF);
        List<String> words = new ArrayList<>(List.of(line));
        words.addAll(List.of("--workspace", workspace.toString()));
        int exitCode = new Main(console, Map.of()).run(words.toArray(String[]::new));
        return new Outcome(
                exitCode, results.toString(StandardCharsets.UTF_8), progress.toString(StandardCharsets.UTF_8));
    }
}
