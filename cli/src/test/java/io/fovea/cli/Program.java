package io.fovea.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The real command in a process of its own, without a terminal. */
final class Program {

    private static final List<String> JVM_OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

    /** The launcher keeps this line of the JVM from users. */
    private static final String WARNING_OF_THE_JVM = "WARNING: Using incubator modules: jdk.incubator.vector\n";

    private final Path workspace;
    private final Map<String, String> environment;

    /** Runs in the given workspace, with further environment variables. */
    Program(Path workspace, Map<String, String> environment) {
        this.workspace = workspace;
        this.environment = environment;
    }

    /** How it ended. */
    record Outcome(int exitCode, String results, String progress) {

        /** Returns stdout as one JSON object. */
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(results);
            } catch (IOException failure) {
                throw new UncheckedIOException("Not one JSON object: " + results, failure);
            }
        }
    }

    /** Runs the command to its end. */
    Outcome run(String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM_OPTIONS);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.fovea.cli.Main"));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("FOVEA_WORKSPACE", workspace.toString());
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        builder.environment().remove("FOVEA_DEBUG");
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture<String> progress = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            String results = text(process.getInputStream());
            return new Outcome(process.waitFor(), results, progress.join().replace(WARNING_OF_THE_JVM, ""));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    private static String text(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
