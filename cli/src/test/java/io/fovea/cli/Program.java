package io.fovea.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

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

    /** Runs the command to its end. */
    Outcome run(String... arguments) {
        try {
            return finished(builder(arguments).start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Runs the command, does something to its process once a line on stderr holds {@code words}, and waits for its end. The process heeds Ctrl-C even
     * where tests run in the background of a shell, whose children ignore it.
     */
    Outcome runUntil(String words, Consumer<Process> deed, String... arguments) {
        try {
            ProcessBuilder builder = builder(arguments);
            builder.command().addAll(0, List.of("env", "--default-signal=INT"));
            Process process = builder.start();
            StringBuilder progress = new StringBuilder();
            BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progress.append(line).append('\n');
                if (!line.contains(words)) continue;
                deed.accept(process);
                break;
            }
            lines.lines().forEach(line -> progress.append(line).append('\n'));
            return new Outcome(process.waitFor(), text(process.getInputStream()), progress.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    /** Runs the command to its end within a line of Bash, where {@code "$@"} stands for it. */
    Outcome runWithin(String line, String... arguments) {
        ProcessBuilder builder = builder(arguments);
        builder.command().addAll(0, List.of("bash", "-c", line, "bash"));
        try {
            return finished(builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ProcessBuilder builder(String... arguments) {
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
        return builder;
    }

    private static Outcome finished(Process process) throws IOException {
        try {
            process.getOutputStream().close();
            CompletableFuture<String> progress = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            String results = text(process.getInputStream());
            return new Outcome(process.waitFor(), results, progress.join().replace(WARNING_OF_THE_JVM, ""));
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
