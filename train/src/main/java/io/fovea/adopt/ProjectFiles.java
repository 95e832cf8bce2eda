package io.fovea.adopt;

import io.fovea.problem.Problem;
import io.fovea.source.ArchiveUnpacking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a project, in a folder or unpacked from an archive.
 *
 * @param given  what was named
 * @param folder all files lie below
 * @param files  in the order of their paths
 */
record ProjectFiles(Path given, Path folder, List<Path> files) {

    /** Old projects hold some thousand pictures and weights of a few hundred megabytes. */
    private static final ArchiveUnpacking.Limits LIMITS = new ArchiveUnpacking.Limits(8L << 30, 500_000);

    private static final long LARGEST_TEXT = 64L << 20;

    /** Lists a folder, a folder that lies alone in an archive, or a single file with what lies beside it. */
    static ProjectFiles of(Path path, Path scratch) throws IOException {
        if (Files.isDirectory(path)) return listed(path, path);
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.matches(".*\\.(zip|tm|tar|tar\\.gz|tgz)")) {
            new ArchiveUnpacking(scratch.toAbsolutePath().normalize(), LIMITS).file(path);
            return listed(path, scratch);
        }
        return new ProjectFiles(path, path.toAbsolutePath().getParent(), List.of(path));
    }

    private static ProjectFiles listed(Path given, Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return new ProjectFiles(
                    given, folder, all.filter(Files::isRegularFile).sorted().toList());
        }
    }

    /** Returns the first file of a name, the one least deep. */
    Optional<Path> named(String pattern) {
        return files.stream()
                .filter(file -> file.getFileName().toString().matches("(?i)" + pattern))
                .min((a, b) -> Integer.compare(a.getNameCount(), b.getNameCount()));
    }

    /** Returns a file of the project, or of the folder that a file alone lies in. */
    Optional<Path> beside(Path file, String name) {
        Optional<Path> found = named(name.replace(".", "\\."));
        return found.isPresent()
                ? found
                : Optional.of(file.resolveSibling(name)).filter(Files::isRegularFile);
    }

    /** Returns all files of a name. */
    List<Path> allNamed(String pattern) {
        return files.stream()
                .filter(file -> file.getFileName().toString().matches("(?i)" + pattern))
                .toList();
    }

    Path needed(String pattern, String called, ProjectKind kind) {
        return named(pattern)
                .orElseThrow(() -> new Problem(
                        "Expected " + kind.title() + " with " + called + ", found none.",
                        given.toString(),
                        "name the folder or archive as the tool gave it; docs/adopt.md says what is read"));
    }

    /** Returns the text of a small file. */
    static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST_TEXT)
            throw new Problem(
                    "The file is too large for what it should be.", file.toString(), "check that it is the right one");
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    String where(Path file) {
        return file.startsWith(folder) && !given.equals(folder) && !given.equals(file)
                ? given + ", " + folder.relativize(file)
                : file.toString();
    }
}
