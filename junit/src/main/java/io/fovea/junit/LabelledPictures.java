package io.fovea.junit;

import io.fovea.file.SeparatedLine;
import io.fovea.file.TextFile;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads pictures whose class is known, from a folder of class folders or a table. Whatever is there must be such a picture, but for files and
 * folders whose name begins with a point: a floor that is kept on what happened to be found would say nothing.
 */
final class LabelledPictures {

    private static final Set<String> CLASS_COLUMNS = Set.of("class", "class_name", "label");

    private final Path place;
    private final List<String> classNames;

    private LabelledPictures(Path place, List<String> classNames) {
        this.place = place;
        this.classNames = classNames;
    }

    /**
     * Returns the pictures of a place in the order of their names or lines; one at least.
     *
     * @throws Problem if there are none, or something is no picture of a class that the model names
     */
    static List<LabelledPicture> of(Path place, List<String> classNames) {
        LabelledPictures reader = new LabelledPictures(place, classNames);
        try {
            List<LabelledPicture> pictures;
            if (Files.isDirectory(place)) pictures = reader.ofFolder();
            else if (Files.isRegularFile(place)) pictures = reader.ofTable();
            else
                throw new Problem(
                        "There are no pictures to measure on: there is no such folder or table",
                        place.toString(),
                        "name one that is there, from the folder " + Path.of("").toAbsolutePath());
            if (!pictures.isEmpty()) return pictures;
        } catch (IOException failure) {
            throw new Problem(
                    "The pictures cannot be read: " + failure,
                    place.toString(),
                    "check that they are there and readable",
                    failure);
        }
        throw new Problem(
                "There are no pictures to measure on",
                place.toString(),
                "put a folder of pictures there for each class, or lines with a file and its class into the table");
    }

    private List<LabelledPicture> ofFolder() throws IOException {
        List<LabelledPicture> pictures = new ArrayList<>();
        for (Path folder : sorted(Files.list(place))) {
            if (isHidden(folder)) continue;
            if (!Files.isDirectory(folder))
                throw new Problem(
                        "A file lies beside the class folders, so it has no class",
                        folder.toString(),
                        "put it into the folder of its class, or elsewhere");
            int label = label(folder.getFileName().toString(), folder.toString());
            for (Path file : sorted(Files.walk(folder, FileVisitOption.FOLLOW_LINKS)))
                if (Files.isRegularFile(file) && !isHidden(file)) pictures.add(picture(file, label));
        }
        return pictures;
    }

    private List<LabelledPicture> ofTable() throws IOException {
        List<String> lines = TextFile.lines(place, Optional.empty(), "save the table as UTF-8");
        List<LabelledPicture> pictures = new ArrayList<>();
        if (lines.isEmpty()) return pictures;
        SeparatedLine.Separator separator =
                SeparatedLine.separators(lines.get(0)).get(0);
        List<String> head = SeparatedLine.cells(lines.get(0), separator).stream()
                .map(cell -> cell.toLowerCase(Locale.ROOT))
                .toList();
        int file = column(head, SeparatedLine.PATH_COLUMNS, "file");
        int name = column(head, CLASS_COLUMNS, "class");
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) continue;
            String where = place + ", line " + (i + 1);
            List<String> cells = SeparatedLine.cells(lines.get(i), separator);
            if (cells.size() != head.size())
                throw new Problem(
                        "Expected " + head.size() + " values, found " + cells.size(),
                        where,
                        "give each line a value for every column, in quotes where it holds the separator");
            Path picture = place.resolveSibling(cells.get(file));
            if (!Files.isRegularFile(picture))
                throw new Problem(
                        "There is no picture \"" + cells.get(file) + "\"",
                        where,
                        "write paths from the folder that the table lies in");
            pictures.add(new LabelledPicture(picture, cells.get(file), label(cells.get(name), where)));
        }
        return pictures;
    }

    private int column(List<String> head, Set<String> names, String usual) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < head.size(); i++) if (names.contains(head.get(i))) found.add(i);
        if (found.size() == 1) return found.get(0);
        throw new Problem(
                "Expected one column \"" + usual + "\", found " + (found.isEmpty() ? "none" : found.size() + " of them")
                        + " in: " + String.join(", ", head),
                place + ", line 1",
                "name the columns in the first line: file,class");
    }

    private int label(String className, String where) {
        int label = classNames.indexOf(className);
        if (label >= 0) return label;
        throw new Problem(
                "The model knows no class \"" + className + "\"", where, Nearest.suggestion(className, classNames));
    }

    private LabelledPicture picture(Path file, int label) {
        return new LabelledPicture(file, place.relativize(file).toString(), label);
    }

    private boolean isHidden(Path path) {
        for (Path name : place.relativize(path)) if (name.toString().startsWith(".")) return true;
        return false;
    }

    private static List<Path> sorted(Stream<Path> paths) {
        try (paths) {
            return paths.sorted().toList();
        }
    }
}
