package io.fovea.list;

import io.fovea.file.FolderBounds;
import io.fovea.file.RawName;
import io.fovea.source.PictureName;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the pictures that a list or table names, as they are written or as they are clearly meant.
 *
 * <p>A path that leads nowhere is tried without what another system or a shell has put into it ({@link PathCorrection}), each correction on
 * top of those before, then with the names of the files that are there. It counts as found only if exactly one file can be meant. Folders of
 * another machine are taken away only if all paths from the root of a disk begin with them. For one thread.
 */
final class PictureFinder {

    private static final List<PathCorrection> REWRITES = List.of(
            PathCorrection.QUOTES,
            PathCorrection.ADDRESS,
            PathCorrection.HOME,
            PathCorrection.PERCENT,
            PathCorrection.BACKSLASHES);

    private final List<Path> starts;
    private final Optional<Charset> encoding;
    private final Collection<String> written;
    private Optional<List<String>> foreignFolder = Optional.empty();
    private final Map<Path, Map<String, List<Path>>> namesakes = new HashMap<>();

    /**
     * A finder for the paths of one list.
     *
     * @param starts  folders from which the paths may start, the likeliest first
     * @param encoding of files' names that are not UTF-8
     * @param written all paths of the list
     */
    PictureFinder(List<Path> starts, Optional<Charset> encoding, Collection<String> written) {
        this.starts = starts;
        this.encoding = encoding;
        this.written = written;
    }

    /** What became of a path. */
    sealed interface Found {

        /**
         * A file.
         *
         * @param corrections what the path had to be rid of
         */
        record At(Path file, Set<PathCorrection> corrections) implements Found {}

        /** None, and why. */
        record Nowhere(String reason) implements Found {}
    }

    /** Looks for one path. */
    Found find(String written) {
        Optional<Path> file = exact(written);
        if (file.isPresent()) return new Found.At(file.get(), Set.of());
        Set<PathCorrection> made = EnumSet.noneOf(PathCorrection.class);
        String path = written;
        for (PathCorrection correction : REWRITES) {
            if (file.isPresent()) return new Found.At(file.get(), made);
            String rewritten = correction.rewritten(path);
            if (rewritten.equals(path)) continue;
            path = rewritten;
            made.add(correction);
            file = exact(path);
        }
        if (file.isPresent()) return new Found.At(file.get(), made);
        String whole = path;
        return alike(whole, made)
                .or(() -> withoutForeignFolder(whole, made))
                .orElseGet(() -> new Found.Nowhere(reason(written, whole)));
    }

    private Optional<Path> exact(String path) {
        for (Path start : starts) {
            Optional<Path> file =
                    resolved(start, path).filter(PictureFinder::mayBeRead).filter(Files::isRegularFile);
            if (file.isPresent()) return file;
        }
        return Optional.empty();
    }

    /** Goes down name by name and takes what differs only in its form, its case or, at the end, its extension. */
    private Optional<Found> alike(String path, Set<PathCorrection> made) {
        for (Path start : starts) {
            Set<PathCorrection> corrections = EnumSet.noneOf(PathCorrection.class);
            corrections.addAll(made);
            Optional<Path> file = path.startsWith("/")
                    ? alike(Path.of("/"), path.substring(1), corrections)
                    : alike(start, path, corrections);
            if (file.filter(PictureFinder::mayBeRead)
                    .filter(Files::isRegularFile)
                    .isPresent()) return Optional.of(new Found.At(file.get(), corrections));
        }
        return Optional.empty();
    }

    /** Whether a file outside is there is nobody's business. */
    private static boolean mayBeRead(Path path) {
        return FolderBounds.ofThisProcess().holds(path);
    }

    private Optional<Path> alike(Path start, String path, Set<PathCorrection> corrections) {
        Path place = start;
        String[] names = path.split("/");
        for (int i = 0; i < names.length; i++) {
            if (names[i].isEmpty() || names[i].equals(".")) continue;
            Optional<Path> next = resolved(place, names[i]);
            if (next.isEmpty()) return Optional.empty();
            if (!Files.exists(next.get())) next = namesake(place, names[i], i == names.length - 1, corrections);
            if (next.isEmpty()) return Optional.empty();
            place = next.get();
        }
        return Optional.of(place);
    }

    private Optional<Path> namesake(Path folder, String name, boolean last, Set<PathCorrection> corrections) {
        Map<String, List<Path>> entries = namesakes.computeIfAbsent(folder, this::entries);
        List<Path> alike = entries.getOrDefault(folded(name), List.of());
        List<Path> sameLetters = alike.stream()
                .filter(entry -> normal(name(entry)).equals(normal(name)))
                .toList();
        if (sameLetters.size() == 1) {
            boolean text = RawName.isText(sameLetters.getFirst().getFileName());
            corrections.add(text ? PathCorrection.NORMAL_FORM : PathCorrection.ENCODING);
            return Optional.of(sameLetters.getFirst());
        }
        if (alike.size() == 1) {
            corrections.add(PathCorrection.CASE);
            return Optional.of(alike.getFirst());
        }
        List<Path> extended = last && alike.isEmpty() ? entries.getOrDefault(stemKey(name), List.of()) : List.of();
        if (extended.size() != 1) return Optional.empty();
        corrections.add(PathCorrection.EXTENSION);
        return Optional.of(extended.getFirst());
    }

    /** Returns the entries of a folder by their folded names, and its pictures also by their names without extension. */
    private Map<String, List<Path>> entries(Path folder) {
        if (!mayBeRead(folder)) return Map.of();
        Map<String, List<Path>> entries = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(entry -> {
                String name = name(entry);
                entries.computeIfAbsent(folded(name), key -> new ArrayList<>()).add(entry);
                if (!PictureName.isPicture(name)) return;
                String stem = name.substring(0, name.lastIndexOf('.'));
                entries.computeIfAbsent(stemKey(stem), key -> new ArrayList<>()).add(entry);
            });
        } catch (IOException unreadable) {
            return Map.of();
        }
        return entries;
    }

    private String name(Path entry) {
        if (RawName.isText(entry.getFileName())) return entry.getFileName().toString();
        return RawName.text(RawName.of(entry), encoding).orElseGet(() -> RawName.shown(entry));
    }

    /** Returns a file whose name is not UTF-8 and may be the one that a path means. */
    private Optional<Path> unreadableNamesake(String path) {
        if (path.chars().allMatch(c -> c < 128)) return Optional.empty();
        String looks = path.replaceAll("[^\\x00-\\x7F]", "\uFFFD");
        String last = looks.substring(looks.lastIndexOf('/') + 1);
        for (Path start : starts) {
            Optional<Path> folder =
                    path.contains("/") ? resolved(start, path.substring(0, path.lastIndexOf('/'))) : Optional.of(start);
            Optional<Path> alike = folder.map(each -> namesakes.computeIfAbsent(each, this::entries)).stream()
                    .flatMap(entries -> entries.values().stream().flatMap(List::stream))
                    .filter(entry -> entry.getFileName().toString().equals(last))
                    .findFirst();
            if (alike.isPresent()) return alike;
        }
        return Optional.empty();
    }

    private Optional<Found> withoutForeignFolder(String path, Set<PathCorrection> made) {
        if (!isAbsolute(path)) return Optional.empty();
        if (foreignFolder.isEmpty()) foreignFolder = Optional.of(sharedFolder(written));
        List<String> names = names(path);
        for (int dropped = 1; dropped <= Math.min(foreignFolder.get().size(), names.size() - 1); dropped++) {
            String rest = String.join("/", names.subList(dropped, names.size()));
            Optional<Path> file = exact(rest);
            Optional<Found> found = file.isPresent() ? Optional.of(new Found.At(file.get(), made)) : alike(rest, made);
            if (found.isPresent() && found.get() instanceof Found.At(Path at, Set<PathCorrection> corrections)) {
                Set<PathCorrection> all = EnumSet.of(PathCorrection.FOREIGN_FOLDER);
                all.addAll(corrections);
                return Optional.of(new Found.At(at, all));
            }
        }
        return Optional.empty();
    }

    private String reason(String written, String path) {
        if (written.matches("(?i)(?:https?|ftp|s3|gs|azure|hdfs)://.*"))
            return "It is an address of the network, not a file: download the picture and write its path.";
        if (written.matches(".*(?:\\$\\{?\\w+|%\\w+%).*"))
            return "It holds a variable of a shell, which means nothing in a list.";
        if (path.matches("[A-Za-z]:.*"))
            return "It is a path of Windows, and " + starts.getFirst() + " has no file that it could mean.";
        if (starts.stream()
                .noneMatch(start ->
                        resolved(start, path).filter(PictureFinder::mayBeRead).isPresent()))
            return "The path leads out of the folders that may be read here.";
        if (starts.stream()
                .anyMatch(start -> resolved(start, path).filter(Files::exists).isPresent()))
            return "The path is no file.";
        Optional<Path> unreadable = unreadableNamesake(path);
        if (unreadable.isPresent())
            return "There is a file \"" + RawName.shown(unreadable.get())
                    + "\", whose name is not UTF-8: say what it is in" + " (--names-encoding), or rename it.";
        if (written.indexOf('\\') >= 0)
            return "It is written with backslashes; there is no such file with slashes either.";
        return "Cannot read the file: there is no such file.";
    }

    /** Returns the folders that all paths from the root of a disk begin with. */
    private static List<String> sharedFolder(Collection<String> written) {
        List<String> shared = List.of();
        boolean first = true;
        for (String each : written) {
            String path = each;
            for (PathCorrection correction : REWRITES) path = correction.rewritten(path);
            if (!isAbsolute(path)) continue;
            List<String> names = names(path);
            List<String> folder = names.subList(0, Math.max(0, names.size() - 1));
            int same = 0;
            while (!first
                    && same < Math.min(shared.size(), folder.size())
                    && shared.get(same).equals(folder.get(same))) same++;
            shared = first ? List.copyOf(folder) : shared.subList(0, same);
            first = false;
        }
        return shared;
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("/") || path.matches("[A-Za-z]:.*");
    }

    private static List<String> names(String path) {
        return Stream.of(path.split("/")).filter(name -> !name.isEmpty()).toList();
    }

    private static Optional<Path> resolved(Path start, String path) {
        try {
            return path.isEmpty() ? Optional.empty() : Optional.of(start.resolve(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String normal(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static String folded(String name) {
        return normal(name).toLowerCase(Locale.ROOT);
    }

    /** Cannot be the name of a file. */
    private static String stemKey(String stem) {
        return "/" + folded(stem);
    }
}
