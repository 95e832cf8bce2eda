package io.fovea.source;

import io.fovea.file.FolderBounds;
import io.fovea.file.RawName;
import io.fovea.file.SeparatedLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of pictures that lie in a folder or an archive: they might say other classes than the folders, so they are spoken of. */
final class ListsBeside {

    private static final Set<String> TABLES = Set.of("csv", "tsv");
    private static final Set<String> TEXTS = Set.of("txt", "lst");

    /** Only so many files are looked into: labels of a detector are as many as its pictures, and are no lists. */
    private static final int MOST_TO_OPEN = 20;

    private static final int LINES_TO_READ = 3;
    private static final int BYTES_TO_READ = 1 << 14;
    private static final int LISTS_TO_NAME = 4;

    private ListsBeside() {}

    /** Returns those of the files in a folder that list pictures; the paths are relative to it. */
    static List<String> inFolder(Path root, List<String> paths) {
        List<String> candidates = paths.stream()
                .filter(path -> TABLES.contains(ending(path)) || TEXTS.contains(ending(path)))
                .sorted((one, other) -> Boolean.compare(TEXTS.contains(ending(one)), TEXTS.contains(ending(other))))
                .limit(MOST_TO_OPEN)
                .toList();
        if (candidates.isEmpty()) return List.of();
        Set<String> pictures = names(paths);
        return candidates.stream()
                .filter(path -> listed(RawName.below(root, path), pictures).isPresent())
                .toList();
    }

    /** Returns those of the files in an archive that by their names may list pictures. */
    static List<String> inArchive(List<String> paths) {
        return paths.stream().filter(path -> TABLES.contains(ending(path))).toList();
    }

    /** Returns what to say of lists in a folder that are not used. */
    static PassedOver inFolder(Path root, List<String> paths, List<String> lists) {
        Map<String, Path> folders = new LinkedHashMap<>();
        for (String list : lists) picturesFolder(root, list, paths).ifPresent(folder -> folders.put(list, folder));
        Set<Path> others = new LinkedHashSet<>(folders.values());
        List<String> together = others.size() < 2 ? lists : lists.subList(0, 1);
        Path folder = folders.get(together.getFirst());
        List<Source> instead = new ArrayList<>();
        together.stream().limit(LISTS_TO_NAME).forEach(list -> instead.add(Source.of(root.resolve(list), role(list))));
        if (folder != null) instead.add(Source.of(folder, SourceRole.PICTURES_FOLDER));
        String advice = "to use " + (together.size() == 1 ? "a list" : "lists") + ", give "
                + (together.size() == 1 ? "it as the source: " : "them as the sources: ")
                + instead.stream().map(Source::words).collect(Collectors.joining(" "));
        return new PassedOver(
                notUsed(SourceName.of(root), lists), advice, together.size() > LISTS_TO_NAME ? List.of() : instead);
    }

    /** Returns what to say of lists in an archive that are not used. */
    static PassedOver inArchive(Path archive, List<String> lists) {
        return new PassedOver(
                notUsed(SourceName.of(archive), lists),
                "to use a list, unpack the archive and give the list as the source");
    }

    /** The role of a list whose part only its folder says. */
    private static SourceRole role(String list) {
        if (PartName.of(list.substring(list.lastIndexOf('/') + 1)).isPresent()) return SourceRole.DETECTED;
        return PartName.whole(PictureFolder.above(list)).map(SourceRole::of).orElse(SourceRole.DETECTED);
    }

    private static String notUsed(String source, List<String> lists) {
        String names = lists.stream().limit(LISTS_TO_NAME).collect(Collectors.joining(", "));
        if (lists.size() == 1) return names + " lies in " + source + " and lists pictures, but was not used";
        return names + (lists.size() > LISTS_TO_NAME ? ", …" : "") + " lie in " + source
                + " and list pictures, but were not used";
    }

    /** Returns the file of the first picture that a text file lists, if its first lines list one. */
    private static Optional<String> listed(Path file, Set<String> pictures) {
        for (String line : beginning(file).lines().limit(LINES_TO_READ).toList()) {
            List<String> cells =
                    SeparatedLine.cells(line, SeparatedLine.separators(line).getFirst());
            if (cells.size() < 2) continue;
            for (String cell : cells) {
                String name = cell.substring(Math.max(cell.lastIndexOf('/'), cell.lastIndexOf('\\')) + 1);
                if (PictureName.isPicture(name) && name.indexOf('.') > 0 || pictures.contains(name))
                    return Optional.of(cell);
            }
        }
        return Optional.empty();
    }

    private static String beginning(Path file) {
        try (InputStream in = Files.newInputStream(FolderBounds.ofThisProcess().checked(file))) {
            return new String(in.readNBytes(BYTES_TO_READ), StandardCharsets.UTF_8).replace("\uFEFF", "");
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns the folder from which the paths of a list start, if that is not the list's own. */
    private static Optional<Path> picturesFolder(Path root, String list, List<String> paths) {
        Path file = RawName.below(root, list);
        String path = listed(file, names(paths)).orElse("").replace('\\', '/');
        try {
            if (path.isEmpty() || Files.exists(file.resolveSibling(path))) return Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        return paths.stream()
                .filter(PictureName::isPicture)
                .filter(each -> each.endsWith("/" + path) || stem(each).endsWith("/" + path))
                .findFirst()
                .map(each -> each.substring(0, each.lastIndexOf("/" + path)))
                .map(root::resolve);
    }

    /** Names of the pictures, also without their endings: many lists leave them out. */
    private static Set<String> names(List<String> paths) {
        Set<String> names = new HashSet<>();
        for (String path : paths) {
            if (PictureName.isPicture(path)) names.add(stem(path.substring(path.lastIndexOf('/') + 1)));
        }
        return names;
    }

    private static String stem(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private static String ending(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
