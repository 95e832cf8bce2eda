package io.fovea.queue;

import io.fovea.download.Hosts;
import io.fovea.file.FolderBounds;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words that start Fovea in a process of its own.
 *
 * @param words such as {@code /opt/fovea/fovea}, or a JVM with its options and the class to run
 */
public record Program(List<String> words) {

    /** Ctrl-C and a closed terminal reach all processes that were started from it; what is trained goes on. */
    private static final List<String> DEAF_TO_THE_TERMINAL = List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private static final List<String> FOR_THE_SERVER_ALONE = List.of("FOVEA_TOKEN", "FOVEA_DATABASE_URL");

    /** Copies. */
    public Program {
        words = List.copyOf(words);
        if (words.isEmpty()) throw new IllegalArgumentException("A program needs at least one word");
    }

    /**
     * What started this process: the launcher that hands its path on as the property {@code fovea.command}, else a JVM with the same options.
     *
     * @param main the class of the command
     */
    public static Program ofThisProcess(Class<?> main) {
        Path launcher = Path.of(System.getProperty("fovea.command", "")).toAbsolutePath();
        if (Files.isRegularFile(launcher) && Files.isExecutable(launcher))
            return new Program(List.of(launcher.toString()));
        return new Program(jvm(main, ManagementFactory.getRuntimeMXBean().getInputArguments()));
    }

    /**
     * A JVM with the options of this one that say what the code may do; those that say how much memory and which compilers it takes are others.
     *
     * @param main    the class to run
     * @param options of the JVM beside these
     */
    public static Program ofJvm(Class<?> main, List<String> options) {
        List<String> kept = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option ->
                        !option.startsWith("-X") && !option.startsWith("-javaagent") && !option.startsWith("-agent"))
                .toList());
        kept.addAll(options);
        return new Program(jvm(main, kept));
    }

    private static List<String> jvm(Class<?> main, List<String> options) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return words;
    }

    /**
     * Starts to do a job, or to go on with it. What it downloads comes from public hosts only, unless the environment says otherwise, and what the
     * environment holds for the server alone it does not see.
     *
     * @param bounds of the files that people name
     * @param output where all that the process prints goes
     */
    Process run(Workspace workspace, String job, FolderBounds bounds, Path output) throws IOException {
        List<String> command = new ArrayList<>(DEAF_TO_THE_TERMINAL);
        command.addAll(words);
        command.addAll(
                List.of("job", "run", job, "--workspace", workspace.folder().toString(), "--json"));
        Files.createDirectories(output.getParent());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putIfAbsent(Hosts.VARIABLE, "public");
        bounds.variable().ifPresent(folders -> builder.environment().put(FolderBounds.VARIABLE, folders));
        FOR_THE_SERVER_ALONE.forEach(builder.environment()::remove);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(output.toFile());
        builder.redirectErrorStream(true);
        return builder.start();
    }
}
