package io.fovea.cli;

import io.fovea.file.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the lab "hybrid" tells at its end.
 *
 * @param rows   all that was made
 * @param tables of them
 * @param folder where they are written
 */
record LabHybridReport(List<LabHybridRow> rows, List<LabTable> tables, Path folder) {

    private Path markdown() {
        return folder.resolve("tables.md");
    }

    private Path csv() {
        return folder.resolve("tables.csv");
    }

    /** Writes the tables as Markdown and as CSV. */
    void write() {
        String sections = tables.stream().map(LabTable::markdown).collect(Collectors.joining("\n"));
        AtomicFile.write(
                markdown(),
                ("# The hybrid topology, the talk's tables again\n\n" + sections).getBytes(StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>(List.of(LabTable.CSV_HEADS));
        for (LabTable table : tables) lines.addAll(table.csv());
        AtomicFile.write(csv(), (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Prints it for people. */
    void print(Console console) {
        for (LabTable table : tables) {
            for (String line : table.text()) console.result(line);
            console.result("");
        }
        console.result("Tables    " + markdown());
        console.result("          " + csv());
    }

    /** Returns it for programs. */
    Map<String, Object> asJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", rows);
        json.put("tables", tables.stream().map(LabTable::asJson).toList());
        json.put("markdown", markdown().toString());
        json.put("csv", csv().toString());
        json.put("run", folder.toString());
        return json;
    }
}
