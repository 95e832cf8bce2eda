package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.Utils;

/**
 * How a process of the driver's own program begins on any machine: by the driver's libraries, where they lie if the machine has the same ones there, else
 * fetched from the driver once for all processes of the machine.
 *
 * @param main    class
 * @param threads that a process computes with
 * @param oldest  main version of the Java that is needed
 * @param options of its JVM
 * @param entries of its class path
 * @param identity what tells these libraries from others
 */
record Program(String main, int threads, int oldest, List<String> options, List<HandedFile> entries, String identity)
        implements Serializable {

    /** Copies. */
    Program {
        options = List.copyOf(options);
        entries = List.copyOf(entries);
    }

    /** Options of the driver that are not its processes'. */
    private static final List<String> DRIVERS_OWN = List.of(
            "-Dspark.",
            "-Dslf4j.",
            "-Dio.netty.",
            "-Dfovea.terminal",
            "-Dfovea.progress",
            "-Dfovea.command",
            "-javaagent:",
            "-agentlib:",
            "-XX:TieredStopAtLevel",
            "-Dsurefire",
            "-Dbasedir",
            "-Xmx");

    /** Returns the driver's own program with another main class; its libraries are handed out from now on. */
    static Program of(String main, int threads, SparkContext spark) {
        Path libraries = Path.of(System.getenv().getOrDefault("SPARK_HOME", "."), "jars")
                .toAbsolutePath()
                .normalize();
        List<HandedFile> entries = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(element).toAbsolutePath().normalize();
            if (!Files.exists(path) || path.startsWith(libraries) || isThisModule(path)) continue;
            File file = path.toFile();
            entries.add(
                    file.isDirectory()
                            ? HandedFile.folder(file)
                            : HandedFile.of(
                                    file, spark.env().rpcEnv().fileServer().addFile(file)));
        }
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> DRIVERS_OWN.stream().noneMatch(option::startsWith))
                .collect(Collectors.toCollection(ArrayList::new));
        options.add("-XX:-UsePerfData");
        return new Program(main, threads, Runtime.version().feature(), options, entries, identity(entries));
    }

    /** The jar for executors holds much twice that the processes have in libraries. */
    private static boolean isThisModule(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith("fovea-spark-") && name.endsWith(".jar");
    }

    private static String identity(List<HandedFile> entries) {
        return FetchedFolder.name(entries.stream()
                .map(entry -> Path.of(entry.path()).getFileName() + " " + entry.size() + " " + entry.modified())
                .collect(Collectors.joining("\n")));
    }

    /**
     * Returns the words that begin a process on this machine; its arguments are the machine's name, as others reach it, and the number of threads.
     *
     * @throws Problem     if the machine has no such Java, or no way to the libraries
     * @throws IOException if the driver does not hand them out
     */
    List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java().resolve("bin").resolve("java").toString());
        command.addAll(options);
        command.add("-Djava.io.tmpdir=" + Utils.getLocalDir(SparkEnv.get().conf())); // goes with the application
        command.add("-cp");
        command.add(classPath());
        command.add(main);
        command.add(SparkEnv.get().blockManager().blockManagerId().host());
        command.add(Integer.toString(threads));
        return command;
    }

    private Path java() {
        Path own = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() >= oldest) return own;
        List<Path> candidates = new ArrayList<>();
        for (String name : List.of("FOVEA_JAVA_HOME", "JAVA_HOME"))
            Optional.ofNullable(System.getenv(name)).map(Path::of).ifPresent(candidates::add);
        for (String folder : List.of("/usr/lib/jvm", "/usr/java", "/opt/java")) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(folder))) {
                found.forEach(candidates::add);
            } catch (IOException absent) {
                // another place, perhaps
            }
        }
        return candidates.stream()
                .filter(home -> version(home) >= oldest
                        && Files.isExecutable(home.resolve("bin").resolve("java")))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "There is no Java " + oldest + " or later on " + Utils.localHostName()
                                + "; its executor runs Java "
                                + Runtime.version().feature() + ".",
                        "FOVEA_JAVA_HOME, JAVA_HOME, /usr/lib/jvm, /usr/java, /opt/java",
                        "install one there, or name its folder with"
                                + " FOVEA_JVM_OPTIONS=-Dspark.executorEnv.FOVEA_JAVA_HOME=DIR"));
    }

    /** Reads the main version that a JDK's folder says that it has; 0 where it says none. */
    private static int version(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("^JAVA_VERSION=\"(\\d+).*$", "$1"))
                    .filter(number -> number.matches("\\d{1,4}"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException none) {
            return 0;
        }
    }

    private String classPath() throws IOException {
        if (entries.stream().allMatch(HandedFile::isHere))
            return entries.stream().map(HandedFile::path).collect(Collectors.joining(File.pathSeparator));
        Path libraries = FetchedFolder.of(identity, folder -> {
            for (HandedFile entry : entries)
                entry.fetch(folder.resolve(Path.of(entry.path()).getFileName()));
        });
        return libraries.resolve("*").toString();
    }
}
