package io.fovea.result;

import java.util.ArrayList;
import java.util.List;

/** Rows of words with aligned columns, two blanks between them; numbers stand to the right, and so does the dash where there is none. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    /** With that many columns. */
    public TextTable(String... heads) {
        rows.add(List.of(heads));
    }

    /** Adds a row with a cell for each column, and returns this table. */
    public TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** Returns the lines, heads first. */
    public List<String> lines() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++)
                widths[column] = Math.max(widths[column], row.get(column).length());
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String blanks = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ").append(isNumeric(column) ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }

    private boolean isNumeric(int column) {
        return rows.stream()
                .skip(1)
                .map(row -> row.get(column))
                .allMatch(cell -> cell.equals("–") || cell.matches("[-+]?[0-9][0-9,.]*( %)?"));
    }
}
