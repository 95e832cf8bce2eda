package io.fovea.list;

import io.fovea.file.SeparatedLine;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.source.SourceReading;
import io.fovea.source.SourceText;
import io.fovea.source.TargetColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text file with a line for each picture: its file and any number of targets, below a line that names the columns.
 *
 * <p>Values are separated by comma, semicolon or tab. The file is in the column that names files, or else in the one that is called so, or the
 * first; columns without a name, such as the row numbers of a data frame, are passed over.
 *
 * @param file    the file itself
 * @param columns [T] in the order of the values
 * @param rows    one for each picture
 */
public record TargetTable(Path file, List<TargetColumn> columns, List<Row> rows) {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

    /**
     * One line.
     *
     * @param path   the picture's file, as written
     * @param values [T]
     * @param line   of the file, from 1
     */
    record Row(String path, double[] values, int line) {}

    /** The first line: where the file is, and the columns that may be targets, by name. */
    private record Header(
            SeparatedLine.Separator separator,
            int length,
            int path,
            Map<String, Integer> positions,
            List<String> names,
            int line) {}

    /**
     * Reads a file.
     *
     * @param wanted names of columns, in the order of the targets; all of them if empty
     * @param starts folders from which the paths may start
     * @throws Problem naming file and line, if a wanted column is missing, a value is no number, or a line has too few or too many
     */
    static TargetTable read(Path file, List<String> wanted, List<Path> starts, SourceReading reading) {
        List<String> lines = SourceText.lines(file, reading.namesEncoding());
        Header header = header(lines, starts, reading, file);
        List<String> names = wanted.isEmpty() ? header.names() : wanted;
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!header.positions().containsKey(name)) throw unknownColumn(name, header, file);
            if (!seen.add(name))
                throw new Problem("The target \"" + name + "\" is wanted twice.", file.toString(), "name it once");
        }
        List<Row> rows = new ArrayList<>();
        for (int i = header.line(); i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) rows.add(row(lines.get(i), names, header, file, i + 1));
        }
        if (rows.isEmpty())
            throw new Problem(
                    "The file names its columns, but has no line with a picture.",
                    file.toString(),
                    "write a line for each picture: its file, then its targets");
        return new TargetTable(file, names.stream().map(TargetColumn::of).toList(), rows);
    }

    /** Returns the columns that a file has, without reading its values. */
    public static List<String> columnNames(Path file, SourceReading reading) {
        List<Path> starts = List.of(file.toAbsolutePath().getParent());
        return header(SourceText.lines(file, reading.namesEncoding()), starts, reading, file)
                .names();
    }

    private static Header header(List<String> lines, List<Path> starts, SourceReading reading, Path file) {
        int first = 0;
        while (first < lines.size() && lines.get(first).isBlank()) first++;
        if (first == lines.size())
            throw new Problem("The file is empty.", file.toString(), "name the columns in the first line: file,x,y");
        String where = file + ", line " + (first + 1);
        NamingColumns naming = NamingColumns.of(
                lines.stream().filter(line -> !line.isBlank()).toList(), starts, reading.namesEncoding());
        SeparatedLine.Separator separator = naming.separator();
        boolean spaces = SeparatedLine.separators(lines.get(first)).getFirst() == SeparatedLine.Separator.LAST_SPACE;
        List<String> cells = spaces ? List.of() : naming.rows().getFirst();
        int path = ListColumns.asked(reading.pathColumn(), "--path-column", cells, file)
                .orElseGet(() -> path(naming));
        Map<String, Integer> positions = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            if (i == path || cells.get(i).isEmpty()) continue;
            names.add(cells.get(i));
            if (positions.put(cells.get(i), i) != null)
                throw new Problem(
                        "Two columns are called \"" + cells.get(i) + "\".", where, "give every column its own name");
        }
        if (names.isEmpty()
                || names.stream().allMatch(name -> NUMBER.matcher(name).matches()))
            throw new Problem(
                    "Expected the names of the columns, found \"" + beginning(lines.get(first)) + "\".",
                    where,
                    "begin with a line such as file,x,y: the picture's file, then the name of each target");
        return new Header(separator, cells.size(), path, positions, names, first + 1);
    }

    /** Returns the column that names files which are there; where several or none do, the one that is called so, or the first. */
    private static int path(NamingColumns naming) {
        List<Integer> candidates = naming.candidates();
        return candidates.size() == 1
                ? candidates.getFirst()
                : naming.calledPath().orElse(0);
    }

    private static Row row(String text, List<String> names, Header header, Path file, int line) {
        List<String> cells = SeparatedLine.cells(text, header.separator());
        if (cells.size() != header.length())
            throw new Problem(
                    "Expected " + header.length() + " values, as in the line of names, found " + cells.size() + ".",
                    file + ", line " + line,
                    "correct the line, or remove it");
        String path = cells.get(header.path());
        if (path.isEmpty())
            throw new Problem(
                    "The line names no picture.",
                    file + ", line " + line,
                    "write the picture's file, or remove the line");
        double[] values = new double[names.size()];
        for (int i = 0; i < values.length; i++) {
            String cell = cells.get(header.positions().get(names.get(i)));
            if (!NUMBER.matcher(cell).matches() || !Double.isFinite(Double.parseDouble(cell)))
                throw notANumber(names.get(i), cell, file + ", line " + line);
            values[i] = Double.parseDouble(cell);
        }
        return new Row(path, values, line);
    }

    private static Problem notANumber(String name, String cell, String where) {
        return new Problem(
                "Expected a number for \"" + name + "\", found " + (cell.isEmpty() ? "nothing" : "\"" + cell + "\"")
                        + ".",
                where,
                "correct or remove the line, or choose other columns with --targets");
    }

    private static Problem unknownColumn(String name, Header header, Path file) {
        return new Problem(
                "There is no column \"" + name + "\".",
                file + ", line " + header.line(),
                Nearest.suggestion(name, header.names()));
    }

    private static String beginning(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
