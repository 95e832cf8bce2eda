package io.fovea.cli;

import io.fovea.problem.Problem;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.terminal.OutputFormat;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;

/** Starts the {@code fovea} command and turns its outcome into an exit code. */
public final class Main {

    private final Console console;
    private final Map<String, String> environment;

    Main(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        System.exit(new Main(Console.ofProcess(environment), environment).run(arguments));
    }

    /** Runs the command and returns the exit code. */
    int run(String... arguments) {
        OutputFormat format = Arrays.asList(arguments).contains("--json") ? OutputFormat.JSON : OutputFormat.TEXT;
        CommandLine commandLine = set(VerbTree.asked(console, arguments), console)
                .setParameterExceptionHandler((mistake, all) -> {
                    console.problem(UsageProblem.of(mistake), format);
                    return ExitCode.WRONG_USAGE;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, format));
        try {
            return console.ended(commandLine.execute(arguments));
        } catch (Error failure) { // picocli hands on exceptions only
            return console.ended(failed(failure, format));
        }
    }

    /** Every verb, in the order of the help text. */
    static CommandLine commands(Console console) {
        return set(VerbTree.whole(console), console);
    }

    private static CommandLine set(CommandLine root, Console console) {
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpAutoWidth(true);
        eachVerb(root, verb -> verb.getCommandSpec()
                .versionProvider(new Version())); // of the program, whatever the verb
        root.setOut(writer(console.results())); // help and completion are results too
        root.setErr(writer(console.progress()));
        LongHelp.apply(root);
        return root;
    }

    private static void eachVerb(CommandLine command, Consumer<CommandLine> action) {
        action.accept(command);
        command.getSubcommands().values().forEach(verb -> eachVerb(verb, action));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private int failed(Throwable failure, OutputFormat format) {
        if (!environment.getOrDefault("FOVEA_DEBUG", "").isEmpty()) failure.printStackTrace(console.progress());
        if (!console.hasLost())
            console.problem(failure instanceof Problem problem ? problem : unexpected(failure), format);
        return ExitCode.FAILED;
    }

    private static Problem unexpected(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return new Problem(
                    "The memory of the JVM is full: " + failure.getMessage() + ".",
                    "this command",
                    "allow more with FOVEA_JVM_OPTIONS=-Xmx4g, or take a smaller batch or smaller pictures",
                    failure);
        }
        String words = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        return new Problem(
                "Fovea failed in a way it did not foresee: "
                        + failure.getClass().getSimpleName() + words,
                failure.getStackTrace().length == 0 ? "unknown" : failure.getStackTrace()[0].toString(),
                "set FOVEA_DEBUG=1, run the command again, and report what it prints",
                failure);
    }
}
