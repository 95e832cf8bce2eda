package io.fovea.lab;

import io.fovea.file.AtomicFile;
import io.fovea.result.DataJson;
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
 * @param extent how much was done
 * @param data   the dataset's name
 * @param seed   of every random choice
 * @param rows   all that was made
 * @param tables of them
 * @param folder where they are written
 */
public record HybridTables(
        HybridLab.Extent extent, String data, long seed, List<HybridRow> rows, List<Table> tables, Path folder)
        implements LabResult {

    /** Copies. */
    public HybridTables {
        rows = List.copyOf(rows);
        tables = List.copyOf(tables);
    }

    /** Returns the file of the tables as Markdown. */
    public Path markdown() {
        return folder.resolve("tables.md");
    }

    /** Returns the file of the tables as CSV. */
    public Path csv() {
        return folder.resolve("tables.csv");
    }

    /** Writes the tables as Markdown and as CSV. */
    void write() {
        String sections = tables.stream().map(Table::markdown).collect(Collectors.joining("\n"));
        AtomicFile.write(
                markdown(),
                ("# The hybrid topology, the talk's tables again\n\n" + sections).getBytes(StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>(List.of(Table.CSV_HEADS));
        for (Table table : tables) lines.addAll(table.csv());
        AtomicFile.write(csv(), (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, Object> json(double totalSeconds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lab", "hybrid");
        json.put("size", DataJson.word(extent));
        json.put("data", data);
        json.put("rows", rows);
        json.put("tables", tables.stream().map(Table::json).toList());
        json.put("markdown", markdown().toString());
        json.put("csv", csv().toString());
        json.put("run", folder.toString());
        json.put("seconds", DataJson.seconds(totalSeconds));
        json.put("seed", seed);
        return json;
    }
}
