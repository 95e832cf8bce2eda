package io.fovea.list;

import io.fovea.file.SeparatedLine;
import io.fovea.source.PictureName;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which columns of a list name files that are there, seen in a sample of its lines.
 *
 * @param separator of the values
 * @param rows      the sample, cut; the first line of the list is the first
 * @param found     for each column of the first line, how many lines of the sample name a file there; those that name it to the letter
 *                  count for {@value #TO_THE_LETTER}, for "5" may mean 5.png, but beside 0.png it is a label
 */
record NamingColumns(SeparatedLine.Separator separator, List<List<String>> rows, int[] found) {

    private static final int SAMPLE = 64;
    private static final int TO_THE_LETTER = 4;

    /** Cuts the lines as most files are found. */
    static NamingColumns of(List<String> lines, List<Path> starts, Optional<Charset> encoding) {
        List<String> sample = sample(lines);
        Optional<NamingColumns> best = Optional.empty();
        for (SeparatedLine.Separator separator : SeparatedLine.separators(sample.getFirst())) {
            NamingColumns columns = of(sample, separator, starts, encoding);
            if (best.isEmpty() || columns.most() > best.get().most()) best = Optional.of(columns);
        }
        return best.orElseThrow();
    }

    private static NamingColumns of(
            List<String> sample, SeparatedLine.Separator separator, List<Path> starts, Optional<Charset> encoding) {
        List<List<String>> rows = sample.stream()
                .map(line -> SeparatedLine.cells(line, separator))
                .toList();
        int[] found = new int[rows.getFirst().size()];
        for (int column = 0; column < found.length; column++) {
            List<String> cells = cells(rows, column);
            PictureFinder finder = new PictureFinder(starts, encoding, cells);
            found[column] =
                    cells.stream().mapToInt(cell -> weight(cell, finder)).sum();
        }
        return new NamingColumns(separator, rows, found);
    }

    /** Returns the first line and others from all over the list. */
    private static List<String> sample(List<String> lines) {
        if (lines.size() <= SAMPLE) return lines;
        return IntStream.range(0, SAMPLE)
                .mapToObj(i -> lines.get((int) ((long) i * (lines.size() - 1) / (SAMPLE - 1))))
                .toList();
    }

    /** Returns what the column counts that names the most files. */
    int most() {
        return IntStream.of(found).max().orElse(0);
    }

    /**
     * Returns the columns that may be the one of the files: those that count at least half as much as the best. Where several are, the one
     * that is called so, or else the only one without a value that is there twice.
     */
    List<Integer> candidates() {
        if (most() == 0) return List.of();
        List<Integer> several = IntStream.range(0, found.length)
                .filter(i -> 2 * found[i] >= most())
                .boxed()
                .toList();
        List<Integer> called = several.stream().filter(this::isCalledPath).toList();
        if (called.size() == 1) return called;
        List<Integer> distinct = several.stream().filter(this::isDistinct).toList();
        return distinct.size() == 1 ? distinct : several;
    }

    /** Returns the column whose values look most like pictures' files, where none is there. */
    int likeliest() {
        return IntStream.range(0, found.length)
                .boxed()
                .max((one, other) -> Long.compare(pictures(one), pictures(other)) != 0
                        ? Long.compare(pictures(one), pictures(other))
                        : Integer.compare(other, one))
                .orElse(0);
    }

    /** Returns the first column that is called as columns of files are. */
    Optional<Integer> calledPath() {
        return IntStream.range(0, found.length)
                .boxed()
                .filter(this::isCalledPath)
                .findFirst();
    }

    /** Returns whether the first line names a file in a column. */
    boolean firstNamesFile(int column, List<Path> starts, Optional<Charset> encoding) {
        String cell = rows.getFirst().get(column);
        return names(cell, new PictureFinder(starts, encoding, cells(rows, column)));
    }

    private long pictures(int column) {
        return cells(rows, column).stream().filter(PictureName::isPicture).count();
    }

    private boolean isCalledPath(int column) {
        return SeparatedLine.PATH_COLUMNS.contains(rows.getFirst().get(column).toLowerCase(Locale.ROOT));
    }

    private boolean isDistinct(int column) {
        Set<String> seen = new HashSet<>();
        return cells(rows, column).stream().allMatch(seen::add);
    }

    private static List<String> cells(List<List<String>> rows, int column) {
        List<String> cells = new ArrayList<>();
        for (List<String> row : rows) if (column < row.size()) cells.add(row.get(column));
        return cells;
    }

    private static boolean names(String cell, PictureFinder finder) {
        return weight(cell, finder) > 0;
    }

    private static int weight(String cell, PictureFinder finder) {
        if (cell.isEmpty()) return 0;
        return switch (finder.find(cell)) {
            case PictureFinder.Found.At(Path file, var corrections) -> corrections.isEmpty() ? TO_THE_LETTER : 1;
            case PictureFinder.Found.Nowhere nowhere -> 0;
        };
    }
}
