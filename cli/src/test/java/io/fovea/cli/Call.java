package io.fovea.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command called within this JVM, as it is without a terminal; {@link Program} is for what only a process of its own shows.
 *
 * @param exitCode how it ended
 * @param results  stdout
 * @param progress stderr
 */
record Call(int exitCode, String results, String progress) {

    /** Runs a verb that takes a workspace. */
    static Call of(Path workspace, String... words) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(results, true, StandardCharsets.UTF_8),
                new PrintStream(progress, true, StandardCharsets.UTF_8),
                Console.Display.PLAIN,
                Console.Color.OFF);
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--workspace", workspace.toString()));
        int exitCode = new Main(console, Map.of()).run(all.toArray(String[]::new));
        return new Call(
                exitCode, results.toString(StandardCharsets.UTF_8), progress.toString(StandardCharsets.UTF_8));
    }

    /** Returns stdout as one JSON object. */
    JsonNode json() {
        try {
            return new ObjectMapper().readTree(results);
        } catch (IOException failure) {
            throw new UncheckedIOException("Not one JSON object: " + results, failure);
        }
    }
}
