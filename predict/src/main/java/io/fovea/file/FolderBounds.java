package io.fovea.file;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a process may read what people name: everywhere, or in some folders. Links count as what they lead to, and so do the paths that a list names.
 * Whoever lets others name files starts its processes with {@link #VARIABLE} in their environment. Immutable; threads may share it.
 */
public final class FolderBounds {

    /** The variable of the environment that names the folders, a line each; without it a process reads everywhere. */
    public static final String VARIABLE = "FOVEA_FOLDERS";

    private static final FolderBounds OF_THIS_PROCESS = of(System.getenv());

    private final Optional<List<Path>> folders;

    private FolderBounds(Optional<List<Path>> folders) {
        this.folders = folders.map(List::copyOf);
    }

    /** Some folders, and what they hold. */
    public static FolderBounds of(List<Path> folders) {
        return new FolderBounds(
                Optional.of(folders.stream().map(FolderBounds::real).toList()));
    }

    /** Returns what an environment says. */
    static FolderBounds of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .map(lines -> of(lines.lines().map(Path::of).toList()))
                .orElseGet(() -> new FolderBounds(Optional.empty()));
    }

    /** Returns those of this process. */
    public static FolderBounds ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** Returns the value of {@link #VARIABLE} for a process that has these bounds; empty if it may read everywhere. */
    public Optional<String> variable() {
        return folders.map(
                all -> String.join("\n", all.stream().map(Path::toString).toList()));
    }

    /** Returns the folders; none where there are no bounds. */
    public List<Path> folders() {
        return folders.orElse(List.of());
    }

    /** Whether what a path leads to may be read. Whether it is there makes no difference. */
    public boolean holds(Path path) {
        if (folders.isEmpty()) return true;
        Path real = real(path);
        return folders.get().stream().anyMatch(real::startsWith);
    }

    /**
     * Checks a file before it is opened.
     *
     * @return the same path
     * @throws Problem if what it leads to lies elsewhere
     */
    public Path checked(Path path) {
        if (holds(path)) return path;
        throw new Problem(
                "The file leads out of the folders that may be read here.",
                path.toString(),
                "copy it into one of them instead of a link or a path to it, or start the workbench with --folder and"
                        + " the folder that holds it");
    }

    /** Returns what a path leads to; of one that is not there, the part that is. */
    private static Path real(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (Path there = whole; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(whole)).normalize();
            } catch (IOException absent) {
                // the folder above may be there
            }
        }
        return whole;
    }
}
