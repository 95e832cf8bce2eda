package io.fovea.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table of a lab's report, with what has to be said below it.
 *
 * @param name  one word, for CSV and JSON
 * @param title a line above it
 * @param heads of the columns, each one different
 * @param rows  as many cells each as there are heads; the first names the row
 * @param notes sentences
 */
public record Table(String name, String title, List<String> heads, List<List<String>> rows, List<String> notes) {

    /** What stands in a cell that has nothing to say. */
    public static final String NOTHING = "–";

    /** The heads of {@link #csv}. */
    static final String CSV_HEADS = "table,row,column,value";

    /** Checks that every row fits the heads. */
    public Table {
        heads = List.copyOf(heads);
        rows = rows.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
        for (List<String> row : rows) {
            if (row.size() != heads.size())
                throw new IllegalArgumentException(row.size() + " cells under " + heads.size() + " heads: " + row);
        }
    }

    /** Returns a section of Markdown, headed by the title. */
    String markdown() {
        StringBuilder lines = new StringBuilder("## ").append(title).append("\n\n");
        lines.append(line(heads));
        lines.append("| --- |").append(" ---: |".repeat(heads.size() - 1)).append('\n');
        for (List<String> row : rows) lines.append(line(row));
        if (!notes.isEmpty()) lines.append('\n');
        for (String note : notes) lines.append("- ").append(note).append('\n');
        return lines.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** Returns a line of CSV for each cell that says something, under {@link #CSV_HEADS}; numbers without commas between thousands. */
    List<String> csv() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 1; column < heads.size(); column++) {
                if (row.get(column).equals(NOTHING)) continue;
                lines.add(name + "," + field(row.getFirst()) + "," + field(heads.get(column)) + ","
                        + field(bare(row.get(column))));
            }
        }
        return lines;
    }

    private static String bare(String cell) {
        return cell.matches("[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?") ? cell.replace(",", "") : cell;
    }

    /** Quotes what RFC 4180 says must be quoted. */
    private static String field(String text) {
        return text.matches("(?s).*[,\"\n\r].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** Returns it for programs. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("title", title);
        json.put("heads", heads);
        json.put("rows", rows);
        json.put("notes", notes);
        return json;
    }
}
