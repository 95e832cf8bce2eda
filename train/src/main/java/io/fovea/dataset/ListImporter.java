package io.fovea.dataset;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Lists the pictures of a text file whose lines hold a path and a label, separated by comma, semicolon, tab or space.
 *
 * <p>Paths are relative to the list or to a given folder. Labels are class names or, if all of them are whole numbers, class indices. A first line of
 * column names is recognised by them; with it, there may be more columns.
 */
final class ListImporter {

    private static final Set<String> LABEL_COLUMNS = Set.of(
            "label",
            "labels",
            "class",
            "class_name",
            "classname",
            "class name",
            "category",
            "target",
            "class index",
            "class_index");
    private static final int LARGEST_INDEX = 99_999;

    private ListImporter() {}

    private record Entry(String path, String label, int line) {}

    private record Columns(char separator, int path, int label, boolean header) {}

    /**
     * Lists one file.
     *
     * @param classNames     by label; empty if the list names its classes or their numbers are names enough
     * @param picturesFolder from which the paths start; empty for the list's own
     */
    static SourceListing list(Source source, List<String> classNames, Optional<Path> picturesFolder) {
        Path file = source.path();
        List<Entry> entries = entries(file);
        boolean indices = entries.stream().allMatch(entry -> entry.label().matches("\\d{1,9}"));
        List<String> names = indices && classNames.isEmpty() ? numbers(entries, file) : classNames;
        Split part = SourceName.split(source).orElse(Split.TRAINING);
        List<ListedPicture> pictures = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            String name =
                    indices && !names.contains(entry.label()) ? indexed(entry, names, file) : named(entry, names, file);
            pictures.add(new ListedPicture(SourceName.of(file) + "/" + entry.path(), name, part));
        }
        Path folder = picturesFolder.orElse(file.toAbsolutePath().getParent());
        return new SourceListing(pictures, names, List.of(), (wanted, receiver) -> {
            for (int i = 0; i < entries.size(); i++) {
                if (wanted.test(i))
                    receiver.receive(i, content(folder, entries.get(i).path()));
            }
        });
    }

    /** Returns whether a file begins like text. */
    static boolean isText(Path file) throws IOException {
        byte[] beginning = Decompression.beginning(file, 4096);
        for (byte each : beginning)
            if (each >= 0 && each < ' ' && each != '\t' && each != '\n' && each != '\r') return false;
        return beginning.length > 0;
    }

    private static PictureContent content(Path folder, String path) {
        try {
            Path file = folder.resolve(path);
            boolean openable = Files.isRegularFile(file) || !Files.exists(file);
            return openable ? new PictureContent.OnDisk(file) : new PictureContent.Unreadable("The path is no file.");
        } catch (InvalidPathException e) {
            return new PictureContent.Unreadable("The path is not valid: " + e.getReason() + ".");
        }
    }

    private static List<Entry> entries(Path file) {
        List<String> lines = SeparatedLine.lines(file);
        List<Entry> entries = new ArrayList<>();
        int first = 0;
        while (first < lines.size() && lines.get(first).isBlank()) first++;
        if (first == lines.size())
            throw new Problem("The list is empty.", file.toString(), "write a path and a label on every line");
        Columns columns = columns(lines.get(first), file, first + 1);
        for (int i = columns.header() ? first + 1 : first; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) continue;
            List<String> cells = SeparatedLine.cells(lines.get(i), columns.separator());
            boolean wrong =
                    cells.size() <= Math.max(columns.path(), columns.label()) || !columns.header() && cells.size() != 2;
            if (wrong) throw wrongLine(file, i + 1, cells.size());
            String path = cells.get(columns.path());
            String label = cells.get(columns.label());
            if (path.isEmpty() || label.isEmpty()) throw wrongLine(file, i + 1, 1);
            entries.add(new Entry(path, label, i + 1));
        }
        return entries;
    }

    private static Columns columns(String first, Path file, int line) {
        char separator = SeparatedLine.separator(first);
        List<String> names = SeparatedLine.cells(first, separator).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        int path = position(names, SeparatedLine.PATH_COLUMNS);
        int label = position(names, LABEL_COLUMNS);
        if (path >= 0 && label >= 0) return new Columns(separator, path, label, true);
        if (names.size() != 2) throw wrongLine(file, line, names.size());
        return new Columns(separator, 0, 1, false);
    }

    private static int position(List<String> names, Set<String> wanted) {
        return IntStream.range(0, names.size())
                .filter(i -> wanted.contains(names.get(i)))
                .findFirst()
                .orElse(-1);
    }

    private static List<String> numbers(List<Entry> entries, Path file) {
        int largest = 0;
        for (Entry entry : entries) {
            int index = Integer.parseInt(entry.label());
            if (index > LARGEST_INDEX) throw outOfRange(entry, LARGEST_INDEX, file);
            largest = Math.max(largest, index);
        }
        return IntStream.rangeClosed(0, largest).mapToObj(String::valueOf).toList();
    }

    private static String indexed(Entry entry, List<String> names, Path file) {
        int index = Integer.parseInt(entry.label());
        if (index >= names.size()) throw outOfRange(entry, names.size() - 1, file);
        return names.get(index);
    }

    private static String named(Entry entry, List<String> names, Path file) {
        if (names.isEmpty() || names.contains(entry.label())) return entry.label();
        throw new Problem(
                "The class \"" + entry.label() + "\" is not among the " + names.size() + " given class names.",
                file + ", line " + entry.line(),
                Nearest.to(entry.label(), names)
                        .map(nearest -> "did you mean \"" + nearest + "\"?")
                        .orElse("add it to the class names, or correct the line"));
    }

    private static Problem outOfRange(Entry entry, int largest, Path file) {
        return new Problem(
                "Expected labels 0 … " + largest + ", found " + entry.label() + ".",
                file + ", line " + entry.line(),
                "correct the line, or give a file with all class names as a further source: classes=FILE");
    }

    private static Problem wrongLine(Path file, int line, int cells) {
        return new Problem(
                "Expected a path and a label, found " + cells + (cells == 1 ? " value." : " values."),
                file + ", line " + line,
                "write \"path,label\" or \"path label\" on every line, or name the columns \"path\" and \"label\" in"
                        + " the first line; for numbers to be regressed, give --task regression");
    }
}
