package io.fovea.file;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Folders with all that is in them: how much it is, and how it goes away. Links are never followed, so nothing elsewhere is counted or touched.
 *
 * <p>Threads may share this class.
 */
public final class FileTree {

    private static final String DELETED = ".deleted-";
    private static final AtomicLong COUNT = new AtomicLong();

    private FileTree() {}

    /** Returns the bytes of all files; 0 where there is nothing. What vanishes meanwhile does not count. */
    public static long sizeInBytes(Path root) {
        long[] bytes = {0};
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            return bytes[0];
        }
        return bytes[0];
    }

    /**
     * Deletes a file or a folder with all that is in it: it is away at once, under a hidden name beside its place, and then taken apart. What a killed
     * process left half taken apart is removed too.
     *
     * @throws Problem if it cannot be deleted; a folder that could not be moved away is then as it was
     */
    public static void delete(Path root) {
        Path place = root.toAbsolutePath().normalize();
        Path parent = place.getParent();
        Path aside = parent.resolve(DELETED + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
        try {
            Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
            try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(parent, DELETED + "*")) {
                for (Path leftover : leftovers) remove(leftover);
            }
        } catch (IOException failure) {
            throw new Problem(
                    "It cannot be deleted: " + failure.getMessage() + ".",
                    place.toString(),
                    "check that you may write in " + parent,
                    failure);
        }
    }

    /** Removes a file or a folder with all that is in it; does nothing where there is none. */
    public static void remove(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) return;
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) throw failure;
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
