package io.fovea.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.fovea.problem.Problem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Where words go: results to stdout, progress and problems to stderr.
 *
 * @param results  stdout
 * @param progress stderr
 * @param display  what stderr is
 * @param color    whether colours are welcome on stderr
 */
public record Console(PrintStream results, PrintStream progress, Display display, Color color) {

    /** What reads stderr. */
    public enum Display {
        /** A person at a terminal: lines may be drawn over. */
        TERMINAL,
        /** A file or a pipe: only whole lines. */
        PLAIN
    }

    /** Whether to send colours. */
    public enum Color {
        /** Yes. */
        ON,
        /** No: not a terminal, or the user set NO_COLOR. */
        OFF
    }

    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    /** The process's own streams, results in UTF-8 whatever the locale; the launcher says by {@code -Dfovea.terminal=yes} that stderr is a terminal. */
    public static Console ofProcess(Map<String, String> environment) {
        Display display = "yes".equals(System.getProperty("fovea.terminal")) ? Display.TERMINAL : Display.PLAIN;
        boolean colored = display == Display.TERMINAL
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(ResultStream.ofProcess(), progressStream(), display, colored ? Color.ON : Color.OFF);
    }

    /**
     * The stream that the launcher keeps for us, since it filters the JVM's own stderr; else stderr.
     *
     * <p>It is taken over by its number: opened again by name, a file that also holds stdout would be written over.
     */
    private static PrintStream progressStream() {
        Integer number = Integer.getInteger("fovea.progress");
        if (number == null) return System.err;
        try {
            Constructor<FileDescriptor> descriptor = FileDescriptor.class.getDeclaredConstructor(int.class);
            descriptor.setAccessible(true);
            return new PrintStream(new FileOutputStream(descriptor.newInstance(number)), true, StandardCharsets.UTF_8);
        } catch (ReflectiveOperationException | InaccessibleObjectException closedToUs) {
            return System.err;
        }
    }

    /**
     * Prints one line of a result.
     *
     * @throws Problem if results are lost: nobody has use of the rest
     */
    public void result(String line) {
        print(line + System.lineSeparator());
    }

    /** Prints a text that ends its lines itself, likewise. */
    public void print(String text) {
        results.print(text);
        lost().ifPresent(problem -> {
            throw problem;
        });
    }

    /** Returns what is to be said of results that could not be written, if any could not. */
    private Optional<Problem> lost() {
        if (!(results instanceof ResultStream watched)) return Optional.empty();
        return watched.failure()
                .map(failure -> new Problem(
                        "The results cannot be written: " + failure.getMessage() + ".",
                        "stdout",
                        "make room where it goes, or send it elsewhere; what a model, dataset or run holds is not"
                                + " touched by this",
                        failure));
    }

    /**
     * Returns the exit code of a command that ended with {@code exitCode}: whatever it was, results that are lost make a failure of it. Says why, unless
     * their reader has gone, who wants to hear no more.
     */
    public int ended(int exitCode) {
        Optional<Problem> lost = lost();
        if (lost.isEmpty()) return exitCode;
        if (((ResultStream) results).isAbandoned()) return ExitCode.ABANDONED;
        problem(lost.get(), OutputFormat.TEXT);
        return ExitCode.FAILED;
    }

    /** Returns whether results are lost: {@link #ended} says so. */
    public boolean hasLost() {
        return lost().isPresent();
    }

    /** Prints one object as JSON. */
    public void json(Object object) {
        result(asJson(object));
    }

    /** Returns a value as JSON in one line. */
    public static String asJson(Object object) {
        try {
            return JsonMapper.builder().addModule(new Jdk8Module()).build().writeValueAsString(object);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Prints one line for whoever waits. */
    public void progress(String line) {
        progress.println(line);
    }

    /** Prints the three lines of a problem to stderr, and as an object to stdout if JSON was asked for. */
    public void problem(Problem problem, OutputFormat format) {
        String lines = problem.threeLines();
        int end = problem.what().length();
        progress.println(color == Color.ON ? RED + lines.substring(0, end) + PLAIN + lines.substring(end) : lines);
        if (format == OutputFormat.JSON && !hasLost()) json(Map.of("problem", problem.parts()));
    }
}
