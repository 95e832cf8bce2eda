package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.machine.Machine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Whether a result is kept, which all benchmarks share. */
final class RecordOption {

    @Option(
            names = "--unrecorded",
            description = "Only tell the result: for trying things out, and for machines that do other work.")
    private boolean unrecorded;

    @Option(names = "--what", paramLabel = "NAME", description = "Added to the name of the result's file.")
    private String what = "";

    /**
     * Tells the result and, unless asked otherwise, keeps it.
     *
     * @param table    the benchmark's name
     * @param settings those that were chosen
     * @param row      the cells of the result's row
     * @param measured adds all that was measured
     */
    void finish(
            String table, Machine machine, Map<String, ?> settings, List<String> row, Consumer<ObjectNode> measured) {
        finish(table, table, machine, settings, row, measured);
    }

    /**
     * The same for a benchmark that keeps several results.
     *
     * @param name of the result's file, without date
     */
    void finish(
            String table,
            String name,
            Machine machine,
            Map<String, ?> settings,
            List<String> row,
            Consumer<ObjectNode> measured) {
        PrintStream out = System.out;
        LocalDate today = LocalDate.now();
        ObjectNode content = Result.content(table, machine, today, settings);
        measured.accept(content);
        out.println(String.join(" | ", row));
        if (!machine.isQuiet())
            out.printf(Locale.ROOT, "This machine was busy before the start (load %.1f).%n", machine.load());
        if (unrecorded) return;
        Path folder = Repository.root().resolve("benchmarks");
        String suffix = what.isEmpty() ? "" : "-" + what;
        Path file = new Result(table, row, content).keep(folder, today + "-" + name + suffix, machine);
        out.println("kept in " + Repository.root().relativize(file) + " and as a row of benchmarks/README.md");
    }
}
