package io.fovea.benchmark;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How {@code ./fovea} starts its JVM, read from the script itself: benchmarks of the library run under the same settings as the
 * product, and cannot drift from them.
 *
 * @param options     of the JVM
 * @param environment variables with their default values
 */
record Launcher(List<String> options, Map<String, String> environment) {

    /** A line of the script's last command: {@code --option=value \} or {@code --option value \}. */
    private static final Pattern OPTION = Pattern.compile("(?m)^ +(-[-XD][^\\s$]+(?: [^\\s$]+)?) \\\\$");

    /** What else the JVM of a command that learns is given: {@code learning=(--option --option)}. */
    private static final Pattern LEARNING = Pattern.compile("(?m)^learning=\\(([^)]+)\\)$");

    /** {@code export NAME=${NAME:-value}}. */
    private static final Pattern VARIABLE = Pattern.compile("(?m)^export (\\w+)=\\$\\{\\1:-([^}]+)}$");

    /** Reads the repository's launcher. */
    static Launcher read() {
        try {
            return of(Files.readString(Repository.root().resolve("fovea")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads a launcher's text. */
    static Launcher of(String script) {
        List<String> options = new ArrayList<>();
        for (Matcher option = OPTION.matcher(script); option.find(); ) {
            options.addAll(List.of(option.group(1).split(" ")));
        }
        Matcher learning = LEARNING.matcher(script);
        boolean known = learning.find();
        if (known) options.addAll(List.of(learning.group(1).split(" ")));
        Map<String, String> environment = new TreeMap<>();
        for (Matcher variable = VARIABLE.matcher(script); variable.find(); ) {
            environment.put(variable.group(1), variable.group(2));
        }
        if (!known || !options.contains("--enable-native-access=ALL-UNNAMED")) {
            throw new Problem(
                    "The launcher has a form that the benchmarks do not know.",
                    "./fovea, its last command",
                    "give each JVM option a line of its own and those of what learns the line \"learning=(...)\", or"
                            + " teach io.fovea.benchmark.Launcher the new form");
        }
        return new Launcher(List.copyOf(options), Map.copyOf(environment));
    }

    /** Returns the command that runs a class of the benchmarks as the launcher runs Fovea. */
    Side side(String name, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new Side(name, "fovea", command, environment);
    }

    /** Returns the program that runs this JVM; every side on the JVM uses it. */
    static String java() {
        return System.getProperty("java.home") + "/bin/java";
    }
}
