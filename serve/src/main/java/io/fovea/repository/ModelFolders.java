package io.fovea.repository;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where models lie: files, and folders of them.
 *
 * <p>A file {@code pets.fovea} is version 1 of "pets"; in a numbered folder, {@code pets/3/pets.fovea}, it is version 3. A folder holds files,
 * folders of models with numbered versions, or is one of these itself. What begins with a dot is passed over.
 */
final class ModelFolders {

    private static final String ENDING = ".fovea";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final List<Path> sources;

    /**
     * Looks at nothing yet.
     *
     * @param sources files and folders
     */
    ModelFolders(List<Path> sources) {
        this.sources =
                sources.stream().map(Path::toAbsolutePath).map(Path::normalize).toList();
    }

    /**
     * Returns what is there now, by name and version.
     *
     * @throws Problem if a source cannot be read, or two files are the same version of the same model
     */
    NavigableMap<String, NavigableMap<Long, FoundVersion>> find() {
        NavigableMap<String, NavigableMap<Long, FoundVersion>> found = new TreeMap<>();
        for (Path source : sources) {
            for (FoundVersion each : in(source)) {
                FoundVersion other =
                        found.computeIfAbsent(each.name(), _ -> new TreeMap<>()).put(each.version(), each);
                if (other != null && !other.file().equals(each.file()))
                    throw new Problem(
                            "Two files are version " + each.version() + " of the model \"" + each.name() + "\".",
                            other.file() + " and " + each.file(),
                            "rename one of them, or serve one of the folders only");
            }
        }
        return found;
    }

    private static List<FoundVersion> in(Path source) {
        try {
            if (Files.isRegularFile(source)) return List.of(ofFile(source));
            if (!Files.isDirectory(source))
                throw new Problem(
                        "There is no such file or folder of models.",
                        source.toString(),
                        "check the path that is served");
            List<FoundVersion> found = new ArrayList<>();
            if (NUMBER.matcher(
                                    source.getFileName() == null
                                            ? ""
                                            : source.getFileName().toString())
                            .matches()
                    && source.getParent().getFileName() != null) {
                found.addAll(versionIn(source));
                if (!found.isEmpty()) return found;
            }
            for (Path entry : entries(source)) {
                String name = entry.getFileName().toString();
                if (Files.isRegularFile(entry) && name.endsWith(ENDING)) found.add(ofFile(entry));
                else if (Files.isDirectory(entry) && NUMBER.matcher(name).matches()) found.addAll(versionIn(entry));
                else if (Files.isDirectory(entry))
                    for (Path version : entries(entry))
                        if (Files.isDirectory(version)
                                && NUMBER.matcher(version.getFileName().toString())
                                        .matches()) found.addAll(versionIn(version));
            }
            return found;
        } catch (IOException | UncheckedIOException failure) {
            throw new Problem(
                    "The folder of models cannot be read: " + failure.getMessage() + ".",
                    source.toString(),
                    "check that you may read it",
                    failure);
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (NoSuchFileException gone) {
            return List.of(); // deleted while we look
        }
    }

    /** The one bundle of a folder NAME/NUMBER. */
    private static List<FoundVersion> versionIn(Path folder) throws IOException {
        List<Path> files = entries(folder).stream()
                .filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
                .toList();
        if (files.size() > 1)
            throw new Problem(
                    "A version has one model file; found " + files.size() + ".",
                    folder.toString(),
                    "leave one of them there");
        if (files.isEmpty()) return List.of();
        String name = folder.getParent().getFileName().toString();
        return List.of(found(name, Long.parseLong(folder.getFileName().toString()), files.getFirst()));
    }

    private static FoundVersion ofFile(Path file) throws IOException {
        Path folder = file.getParent();
        boolean isVersion = folder != null
                && folder.getFileName() != null
                && NUMBER.matcher(folder.getFileName().toString()).matches();
        long version = isVersion ? Long.parseLong(folder.getFileName().toString()) : 1;
        String name = file.getFileName().toString();
        return found(name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name, version, file);
    }

    private static FoundVersion found(String name, long version, Path file) throws IOException {
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
        return new FoundVersion(name, version, file, seen.size(), seen.lastModifiedTime());
    }
}
