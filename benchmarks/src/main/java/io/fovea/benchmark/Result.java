package io.fovea.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.file.AtomicFile;
import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A benchmark's result, ready to be kept.
 *
 * @param table   the benchmark's name, for example {@code training}; a table of that name is in {@code README.md}
 * @param row     the cells of its row after date, commit and machine
 * @param content everything that was measured
 */
record Result(String table, List<String> row, ObjectNode content) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Starts a result's content: what, when, where and from which source. */
    static ObjectNode content(String table, Machine machine, LocalDate date, Map<String, ?> settings) {
        ObjectNode content = JSON.createObjectNode();
        content.put("benchmark", table);
        content.put("date", date.toString());
        content.put("commit", Repository.commit());
        content.set("machine", JSON.valueToTree(machine));
        content.set("settings", JSON.valueToTree(settings));
        return content;
    }

    /** Returns an empty object. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Returns all that was measured of the sides, with each side's command and, if it failed, why. */
    static ObjectNode sides(Map<Side, List<Outcome>> outcomes) {
        ObjectNode sides = JSON.createObjectNode();
        outcomes.forEach((side, own) -> {
            ObjectNode node = sides.putObject(side.name());
            node.set("environment", JSON.valueToTree(side.environment()));
            var measurements = node.putArray("measurements");
            for (Outcome outcome : own) {
                switch (outcome) {
                    case Outcome.Measured measured -> {
                        ObjectNode figures = measured.figures().deepCopy();
                        figures.put("peakResidentBytes", measured.memory().peakInBytes());
                        measurements.add(figures);
                    }
                    case Outcome.Failed failed -> node.put("failed", failed.reason());
                }
            }
        });
        return sides;
    }

    /** Writes {@code results/NAME.json} and the row, and returns the file; an earlier result of that name stays. */
    Path keep(Path benchmarks, String name, Machine machine) {
        Path results = benchmarks.resolve("results");
        Path file = results.resolve(name + ".json");
        for (int number = 2; Files.exists(file); number++) file = results.resolve(name + "-" + number + ".json");
        String date = content.get("date").asText();
        List<String> cells = new ArrayList<>(List.of(
                "[" + date + "](results/" + file.getFileName() + ")",
                content.get("commit").asText(),
                machine.inShort()));
        cells.addAll(row);
        Path readme = benchmarks.resolve("README.md");
        try {
            String text = withRow(Files.readString(readme), table, cells);
            AtomicFile.write(file, (JSON.writeValueAsString(content) + "\n").getBytes(StandardCharsets.UTF_8));
            AtomicFile.write(readme, text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file;
    }

    /** Returns the text with a row after the last of the table that follows {@code <!-- results: TABLE -->}. */
    static String withRow(String text, String table, List<String> cells) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int line = lines.indexOf("<!-- results: " + table + " -->") + 1;
        int first = line;
        while (line > 0 && line < lines.size() && lines.get(line).startsWith("|")) line++;
        if (line < first + 2 || first == 0) {
            throw new Problem(
                    "There is no table for the results of \"" + table + "\".",
                    "benchmarks/README.md",
                    "put <!-- results: " + table + " --> and below it a table's two head lines");
        }
        lines.add(line, "| " + String.join(" | ", cells) + " |");
        return String.join("\n", lines) + "\n";
    }
}
