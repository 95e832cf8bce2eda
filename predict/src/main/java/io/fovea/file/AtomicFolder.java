package io.fovea.file;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a folder of a few files beside its target and moves it into place, so that it is there as a whole or not at all.
 *
 * <p>The part's name, {@code .NAME.PID-COUNT.part}, tells which process writes it: what a killed process left behind is
 * removed by the next write of the same folder. Threads may share this class.
 */
public final class AtomicFolder {

    private static final AtomicLong COUNT = new AtomicLong();

    private AtomicFolder() {}

    /** What goes into a folder. */
    @FunctionalInterface
    public interface Content {
        /** Writes every file into {@code folder}, which is empty. */
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Writes {@code content} to the folder {@code target}, replacing one that was there; makes the folders above it.
     *
     * @throws Problem if it cannot be written or the disk is full; the old folder is then as it was
     */
    public static void write(Path target, Content content) {
        Path place = target.toAbsolutePath().normalize();
        Path parent = place.getParent();
        String name = place.getFileName().toString();
        Path part = parent.resolve("." + name + "." + part());
        try {
            Files.createDirectories(parent);
            removeLeftovers(parent, name);
            try {
                Files.createDirectory(part);
                content.writeTo(part);
                move(part, place);
            } finally {
                FileTree.remove(part);
            }
        } catch (IOException e) {
            throw new Problem(
                    "The folder cannot be written: " + reason(e),
                    place.toString(),
                    "make room on the disk and allow writing in " + parent + ", or choose another folder",
                    e);
        }
    }

    private static String part() {
        return ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".part";
    }

    /** A folder cannot be moved onto a full one: the old one steps aside, and comes back if the new one does not arrive. */
    private static void move(Path part, Path place) throws IOException {
        if (!Files.exists(place)) {
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path aside = place.resolveSibling("." + place.getFileName() + "." + part());
        Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        FileTree.remove(aside);
    }

    private static void removeLeftovers(Path parent, String name) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(
                parent, path -> AtomicFile.isPartOf(name, path.getFileName().toString()))) {
            for (Path part : parts) FileTree.remove(part);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException f && f.getReason() != null) return f.getReason();
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
