package io.fovea.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a side once, in a process of its own. */
final class Program {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LAST_WORDS = 6;

    private Program() {}

    /** Runs it in the repository's root and waits for its end. */
    static Outcome run(Side side) throws InterruptedException {
        try {
            Path output = Files.createTempFile("fovea-benchmark-", ".out");
            Path errors = Files.createTempFile("fovea-benchmark-", ".err");
            try {
                return run(side, output, errors);
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Outcome run(Side side, Path output, Path errors) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(side.command())
                .directory(Repository.root().toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        // A processor type forced on OpenBLAS would slow down the peers that use it, and Fovea.
        builder.environment().remove("OPENBLAS_CORETYPE");
        builder.environment().putAll(side.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            return new Outcome.Failed(missing.getMessage());
        }
        Thread stop = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        ResidentMemory memory = ResidentMemory.of(process);
        Runtime.getRuntime().removeShutdownHook(stop);
        if (process.waitFor() != 0) return new Outcome.Failed("exit code " + process.exitValue() + ": " + end(errors));
        return figures(output, memory);
    }

    /** Reads the last object that begins at the start of a line; it may go over several. */
    private static Outcome figures(Path output, ResidentMemory memory) throws IOException {
        String printed = "\n" + Files.readString(output);
        int start = printed.lastIndexOf("\n{");
        if (start < 0) return new Outcome.Failed("it printed no JSON");
        try {
            return new Outcome.Measured((ObjectNode) JSON.readTree(printed.substring(start)), memory);
        } catch (JsonProcessingException _) {
            return new Outcome.Failed("not JSON: " + printed.substring(start).strip());
        }
    }

    /** Returns the last words of a program, without the frames of a stack trace. */
    private static String end(Path errors) throws IOException {
        List<String> lines = Files.readAllLines(errors).stream()
                .filter(line -> !line.startsWith("\tat ") && !line.isBlank())
                .toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }
}
