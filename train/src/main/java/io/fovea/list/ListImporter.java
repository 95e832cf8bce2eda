package io.fovea.list;

import io.fovea.dataset.Split;
import io.fovea.file.SeparatedLine;
import io.fovea.file.TextFile;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.source.Decompression;
import io.fovea.source.ListedPicture;
import io.fovea.source.PartName;
import io.fovea.source.PictureContent;
import io.fovea.source.Source;
import io.fovea.source.SourceListing;
import io.fovea.source.SourceName;
import io.fovea.source.SourceReading;
import io.fovea.source.SourceText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Lists the pictures of a text file whose lines hold a path and a label, and perhaps more.
 *
 * <p>Which column is which is found by {@link ListColumns}, the files by {@link PictureFinder}. Labels are class names. If all of them are
 * whole numbers and class names are given, they are indices of those.
 */
public final class ListImporter {

    private ListImporter() {}

    private record Entry(String path, String label, Optional<Split> part, int line) {}

    private record Line(String text, int number) {}

    /**
     * Lists one file.
     *
     * @param classNames     by label; empty if the list names its classes or their numbers are names enough
     * @param picturesFolder from which the paths start; empty for the list's own
     * @param named          the part that the list's name says
     */
    public static SourceListing list(
            Source source,
            List<String> classNames,
            Optional<Path> picturesFolder,
            Optional<Split> named,
            SourceReading reading) {
        Path file = source.path();
        List<Path> starts = List.of(picturesFolder.orElse(file.toAbsolutePath().getParent()));
        List<Line> lines = lines(file, reading);
        ListColumns columns =
                ListColumns.of(lines.stream().map(Line::text).toList(), classNames, file, starts, reading);
        List<Entry> entries = entries(lines, columns, file);
        List<String> paths = entries.stream().map(Entry::path).toList();
        ListedFiles files = ListedFiles.of(paths, starts, reading, file);
        ListedLabels labels = new ListedLabels(entries, classNames, file);
        List<ListedPicture> pictures = new ArrayList<>(entries.size());
        boolean said = source.role().split().isPresent() || columns.part().isPresent() || named.isPresent();
        Map<String, Split> folders = said ? Map.of() : PartName.ofFolders(paths);
        for (Entry entry : entries) {
            Split part = source.role()
                    .split()
                    .or(entry::part)
                    .or(() -> named)
                    .or(() -> Optional.ofNullable(folders.get(entry.path())))
                    .orElse(Split.TRAINING);
            pictures.add(new ListedPicture(SourceName.of(file) + "/" + entry.path(), labels.className(entry), part));
        }
        List<String> remarks = new ArrayList<>(files.remarks());
        if (!columns.passedOver().isEmpty())
            remarks.add("Columns of " + SourceName.of(file) + " passed over: " + String.join(", ", columns.passedOver())
                    + ".");
        labels.gaps().ifPresent(remarks::add);
        if (!folders.isEmpty())
            remarks.add("The parts of " + SourceName.of(file) + " are those that the folders of its paths name.");
        return new SourceListing(pictures, classNames, remarks, (wanted, receiver) -> {
            for (int i = 0; i < entries.size(); i++)
                if (wanted.test(i)) receiver.receive(i, content(files.found().get(i)));
        });
    }

    /** Returns whether a column of this name states classes rather than numbers to be learned. */
    public static boolean isCalledLabel(String column) {
        return ListColumns.isCalledLabel(column);
    }

    /** Returns whether a file begins like text. */
    public static boolean isText(Path file) throws IOException {
        byte[] beginning = Decompression.beginning(file, 4096);
        if (TextFile.isMarkedUtf16(beginning)) return true;
        for (byte each : beginning)
            if (each >= 0 && each < ' ' && each != '\t' && each != '\n' && each != '\r') return false;
        return beginning.length > 0;
    }

    private static PictureContent content(PictureFinder.Found found) {
        return switch (found) {
            case PictureFinder.Found.At(Path file, var corrections) -> new PictureContent.OnDisk(file);
            case PictureFinder.Found.Nowhere(String reason) -> new PictureContent.Unreadable(reason);
        };
    }

    private static List<Line> lines(Path file, SourceReading reading) {
        List<String> all = SourceText.lines(file, reading.namesEncoding());
        List<Line> lines = IntStream.range(0, all.size())
                .filter(i -> !all.get(i).isBlank())
                .mapToObj(i -> new Line(all.get(i), i + 1))
                .toList();
        if (lines.isEmpty())
            throw new Problem("The list is empty.", file.toString(), "write a path and a label on every line");
        return lines;
    }

    private static List<Entry> entries(List<Line> lines, ListColumns columns, Path file) {
        List<Entry> entries = new ArrayList<>();
        boolean named = !columns.names().isEmpty();
        int length = SeparatedLine.cells(lines.getFirst().text(), columns.separator())
                .size();
        for (Line line : named ? lines.subList(1, lines.size()) : lines) {
            List<String> cells = SeparatedLine.cells(line.text(), columns.separator());
            boolean tooFew = cells.size() <= Math.max(columns.path(), columns.label());
            if (tooFew || cells.size() > length || !named && cells.size() != length)
                throw wrongLine(file, line.number(), cells.size());
            String path = cells.get(columns.path());
            String label = cells.get(columns.label());
            if (path.isEmpty() || label.isEmpty()) throw wrongLine(file, line.number(), 1);
            entries.add(new Entry(path, label, part(cells, columns, file, line.number()), line.number()));
        }
        if (entries.isEmpty())
            throw new Problem(
                    "The list names its columns, but no picture.",
                    file.toString(),
                    "write a path and a label on every line");
        return entries;
    }

    private static Optional<Split> part(List<String> cells, ListColumns columns, Path file, int line) {
        if (columns.part().isEmpty()) return Optional.empty();
        int column = columns.part().getAsInt();
        String cell = column < cells.size() ? cells.get(column) : "";
        Optional<Split> part = PartName.whole(cell);
        if (part.isPresent()) return part;
        throw new Problem(
                "Expected train, validation or test in the column \""
                        + columns.names().get(column) + "\", found \"" + cell + "\".",
                file + ", line " + line,
                "correct the line, or remove it");
    }

    /** What the labels of a list mean. */
    private static final class ListedLabels {

        private final List<Entry> entries;
        private final List<String> classNames;
        private final Map<String, Integer> positions = new HashMap<>();
        private final boolean whole;
        private final Path file;

        ListedLabels(List<Entry> entries, List<String> classNames, Path file) {
            this.entries = entries;
            this.classNames = classNames;
            this.file = file;
            for (String name : classNames) positions.put(name, positions.size());
            whole = entries.stream().allMatch(entry -> ClassOrder.isWhole(entry.label()));
        }

        String className(Entry entry) {
            if (classNames.isEmpty() || positions.containsKey(entry.label())) return entry.label();
            if (!whole) throw unknown(entry);
            BigDecimal index = new BigDecimal(entry.label());
            boolean inRange = index.signum() >= 0 && index.compareTo(BigDecimal.valueOf(classNames.size())) < 0;
            if (!inRange) throw outOfRange(entry);
            return classNames.get(index.intValueExact());
        }

        /** Returns a sentence about numbers without pictures, if the labels are numbers and no names are given. */
        Optional<String> gaps() {
            if (!whole || !classNames.isEmpty()) return Optional.empty();
            TreeSet<BigDecimal> numbers = new TreeSet<>();
            for (Entry entry : entries) numbers.add(new BigDecimal(entry.label()));
            BigDecimal between = numbers.last().subtract(numbers.first()).add(BigDecimal.ONE);
            BigDecimal missing = between.subtract(BigDecimal.valueOf(numbers.size()));
            if (missing.signum() == 0) return Optional.empty();
            return Optional.of("The labels of " + SourceName.of(file) + " are whole numbers from "
                    + numbers.first().toBigInteger() + " to " + numbers.last().toBigInteger() + ", but "
                    + missing.toBigInteger()
                    + " of these have no picture there; only numbers with pictures are classes.");
        }

        private Problem unknown(Entry entry) {
            return new Problem(
                    "The class \"" + entry.label() + "\" is not among the " + classNames.size() + " given class names.",
                    file + ", line " + entry.line(),
                    Nearest.to(entry.label(), classNames)
                            .map(nearest -> "did you mean \"" + nearest + "\"?")
                            .orElse("add it to the class names, or correct the line"));
        }

        private Problem outOfRange(Entry entry) {
            boolean fromOne = entries.stream()
                    .map(each -> new BigDecimal(each.label()))
                    .allMatch(each -> each.signum() > 0 && each.compareTo(BigDecimal.valueOf(classNames.size())) <= 0);
            return new Problem(
                    "Expected labels 0 … " + (classNames.size() - 1) + ", found " + entry.label() + ".",
                    file + ", line " + entry.line(),
                    fromOne
                            ? "the labels count from 1, the class names from 0: subtract 1 from every label, or put a"
                                    + " name for 0 before the others"
                            : "correct the line, or give a file with all class names as a further source:"
                                    + " classes=FILE");
        }
    }

    static Problem wrongLine(Path file, int line, int cells) {
        return new Problem(
                "Expected a path and a label, found " + cells + (cells == 1 ? " value." : " values."),
                file + ", line " + line,
                "write \"path,label\" or \"path label\" on every line, or name the columns \"path\" and \"label\" in"
                        + " the first line; for numbers to be regressed, give --task regression");
    }
}
