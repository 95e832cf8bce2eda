package io.fovea.list;

import io.fovea.file.SeparatedLine;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.source.PartName;
import io.fovea.source.PictureName;
import io.fovea.source.SourceReading;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a list has its values.
 *
 * <p>The column of the files is the one that names files which are there. A first line that names none there, where others do, names the
 * columns. What that does not settle is asked.
 *
 * @param separator of the values
 * @param path      the column of the pictures' files
 * @param label     the column of the classes
 * @param part      the column of the parts, if there is one whose values all name parts
 * @param names     what the first line calls the columns; none if it is a picture's
 */
record ListColumns(SeparatedLine.Separator separator, int path, int label, OptionalInt part, List<String> names) {

    private static final Set<String> LABEL_COLUMNS = Set.of(
            "label",
            "labels",
            "class",
            "classes",
            "class_name",
            "classname",
            "class name",
            "category",
            "target",
            "class index",
            "class_index",
            "class_id",
            "label_name");

    /**
     * Finds the columns of a list of these lines, none of which is blank.
     *
     * @param classNames that are given by label, or none
     */
    static ListColumns of(
            List<String> lines, List<String> classNames, Path file, List<Path> starts, SourceReading reading) {
        NamingColumns naming = NamingColumns.of(lines, starts, reading.namesEncoding());
        List<String> first = naming.rows().getFirst();
        OptionalInt askedPath = asked(reading.pathColumn(), "--path-column", first, file);
        OptionalInt askedLabel = asked(reading.labelColumn(), "--label-column", first, file);
        int path = askedPath.orElseGet(() -> path(naming, file));
        boolean named = isCalled(reading.pathColumn(), first)
                || isCalled(reading.labelColumn(), first)
                || namesColumns(naming, path, starts, reading.namesEncoding());
        List<String> names = named ? first : List.of();
        OptionalInt part = named ? part(naming, path, askedLabel) : OptionalInt.empty();
        List<List<String>> rows = lines.stream()
                .skip(named ? 1 : 0)
                .map(line -> SeparatedLine.cells(line, naming.separator()))
                .toList();
        int label = askedLabel.orElseGet(() -> label(first, rows, names, classNames, path, part, file));
        if (label == path)
            throw new Problem(
                    "The files and the classes cannot be in one column.",
                    file.toString(),
                    "give --path-column and --label-column different columns");
        return new ListColumns(naming.separator(), path, label, part, names);
    }

    /** Returns whether a column of this name states classes. */
    static boolean isCalledLabel(String column) {
        return LABEL_COLUMNS.contains(column.toLowerCase(Locale.ROOT));
    }

    /** Returns the names of the columns that say nothing here. */
    List<String> passedOver() {
        return IntStream.range(0, names.size())
                .filter(i -> i != path && i != label && !(part.isPresent() && part.getAsInt() == i))
                .mapToObj(names::get)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Returns the column that was asked for by its name in the first line or its number from 1. */
    static OptionalInt asked(Optional<String> wanted, String option, List<String> first, Path file) {
        if (wanted.isEmpty()) return OptionalInt.empty();
        for (int i = 0; i < first.size(); i++)
            if (first.get(i).equalsIgnoreCase(wanted.get())) return OptionalInt.of(i);
        if (wanted.get().matches("[1-9]\\d{0,3}") && Integer.parseInt(wanted.get()) <= first.size())
            return OptionalInt.of(Integer.parseInt(wanted.get()) - 1);
        throw new Problem(
                "There is no column \"" + wanted.get() + "\" for " + option + ".",
                file + ", line 1",
                Nearest.suggestion(wanted.get(), first) + "; or a number from 1 to " + first.size());
    }

    private static boolean isCalled(Optional<String> wanted, List<String> first) {
        return wanted.isPresent() && first.stream().anyMatch(cell -> cell.equalsIgnoreCase(wanted.get()));
    }

    private static int path(NamingColumns naming, Path file) {
        List<Integer> candidates = naming.candidates();
        if (candidates.size() == 1) return candidates.getFirst();
        if (candidates.isEmpty()) return naming.calledPath().orElseGet(naming::likeliest);
        throw notClear(
                "names the pictures", "--path-column", candidates, naming.rows().getFirst(), file);
    }

    private static boolean namesColumns(NamingColumns naming, int path, List<Path> starts, Optional<Charset> encoding) {
        List<String> first = naming.rows().getFirst();
        if (naming.rows().size() == 1 || path >= first.size() || naming.firstNamesFile(path, starts, encoding))
            return false;
        String cell = first.get(path).toLowerCase(Locale.ROOT);
        if (SeparatedLine.PATH_COLUMNS.contains(cell)) return true;
        if (PictureName.isPicture(cell)) return false;
        if (naming.most() > 0) return !sharesValue(naming, path);
        return naming.rows().stream()
                .skip(1)
                .anyMatch(row -> path < row.size() && PictureName.isPicture(row.get(path)));
    }

    /** Whether another line has a value of the first: then the first is a line like the others, whose picture is missing. */
    private static boolean sharesValue(NamingColumns naming, int path) {
        List<String> first = naming.rows().getFirst();
        return IntStream.range(0, first.size())
                .filter(i -> i != path && !first.get(i).isEmpty())
                .anyMatch(i -> naming.rows().stream()
                        .skip(1)
                        .anyMatch(row -> i < row.size() && row.get(i).equals(first.get(i))));
    }

    private static OptionalInt part(NamingColumns naming, int path, OptionalInt label) {
        return IntStream.range(0, naming.rows().getFirst().size())
                .filter(i -> i != path && !(label.isPresent() && label.getAsInt() == i))
                .filter(i -> naming.rows().stream()
                        .skip(1)
                        .allMatch(row ->
                                i < row.size() && PartName.whole(row.get(i)).isPresent()))
                .findFirst();
    }

    private static int label(
            List<String> first,
            List<List<String>> rows,
            List<String> names,
            List<String> classNames,
            int path,
            OptionalInt part,
            Path file) {
        List<Integer> others = IntStream.range(0, first.size())
                .filter(i -> i != path && !(part.isPresent() && part.getAsInt() == i))
                .filter(i -> names.isEmpty() || !names.get(i).isEmpty())
                .boxed()
                .toList();
        List<Integer> called =
                others.stream().filter(i -> isCalledLabel(first.get(i))).toList();
        if (called.size() == 1 && !names.isEmpty()) return called.getFirst();
        if (called.size() > 1 && !names.isEmpty() && sayTheSame(called, rows)) {
            boolean numbers = !classNames.isEmpty();
            return called.stream()
                    .filter(column -> values(column, rows).allMatch(ClassOrder::isWhole) == numbers)
                    .findFirst()
                    .orElse(called.getFirst());
        }
        if (others.size() == 1) return others.getFirst();
        if (others.isEmpty()) throw ListImporter.wrongLine(file, 1, first.size());
        throw notClear("states the class", "--label-column", called.isEmpty() ? others : called, first, file);
    }

    /** Whether columns are only two ways to write one class, as its number and its name: each value of one has a single partner. */
    private static boolean sayTheSame(List<Integer> columns, List<List<String>> rows) {
        int first = columns.getFirst();
        return columns.stream()
                .skip(1)
                .allMatch(other -> hasOnePartner(first, other, rows) && hasOnePartner(other, first, rows));
    }

    private static boolean hasOnePartner(int column, int other, List<List<String>> rows) {
        Map<String, String> partners = new HashMap<>();
        for (List<String> row : rows) {
            if (Math.max(column, other) >= row.size()) return false;
            String known = partners.putIfAbsent(row.get(column), row.get(other));
            if (known != null && !known.equals(row.get(other))) return false;
        }
        return true;
    }

    private static Stream<String> values(int column, List<List<String>> rows) {
        return rows.stream().map(row -> row.get(column));
    }

    private static Problem notClear(String what, String option, List<Integer> columns, List<String> first, Path file) {
        String shown = columns.stream()
                .map(i -> (i + 1) + " (\"" + first.get(i) + "\")")
                .collect(Collectors.joining(", "));
        return new Problem(
                "It is not clear which column " + what + ": " + shown + ".",
                file + ", line 1",
                "say it by name or number, for example " + option + " " + (columns.getFirst() + 1)
                        + "; for numbers to be regressed, give --task regression");
    }
}
