package io.fovea.dataset;

import io.fovea.file.FileTree;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder beside the target in which an import grows; moved into place when complete, removed otherwise.
 *
 * <p>A living import holds a lock on a file of its folder. What a killed one left behind is therefore known by a lock that can be
 * had, and the next import of the same name clears it away: unfinished folders are deleted, and a dataset that had been moved
 * aside for its successor is moved back if the successor never arrived.
 */
public final class ImportFolder implements AutoCloseable {

    private static final String LOCK_FILE_NAME = "import.lock";
    private static final Duration TIME_TO_LOCK = Duration.ofMinutes(1);

    private final Path target;
    private final Path folder;
    private final ExistingDataset existing;
    private final FileChannel lockFile;

    private ImportFolder(Path target, Path folder, ExistingDataset existing, FileChannel lockFile) {
        this.target = target;
        this.folder = folder;
        this.existing = existing;
        this.lockFile = lockFile;
    }

    /** Clears away leftovers, refuses an existing target that is to be kept, and makes the folder. */
    public static ImportFolder create(Path target, ExistingDataset existing) {
        Path place = target.toAbsolutePath().normalize();
        try {
            Files.createDirectories(place.getParent());
            clearLeftovers(place);
            if (Files.exists(place) && existing == ExistingDataset.KEEP) throw exists(place);
            Path folder = Files.createTempDirectory(place.getParent(), importing(place));
            FileChannel lockFile = FileChannel.open(
                    folder.resolve(LOCK_FILE_NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lockFile.lock();
            return new ImportFolder(place, folder, existing, lockFile);
        } catch (IOException e) {
            throw FileFailure.unwritable(target, e);
        }
    }

    /** Returns the folder to write into. */
    public Path folder() {
        return folder;
    }

    /** Returns an empty folder within, for files that are needed only during the import. */
    public Path scratch() throws IOException {
        return Files.createTempDirectory(folder, "scratch-");
    }

    /** Removes the files of an attempt that is to be repeated. */
    public void clear() throws IOException {
        Files.deleteIfExists(folder.resolve(StoreManifest.STORE_FILE_NAME));
    }

    /** Brings the folder to disk and moves it to its place. */
    public void complete() {
        try {
            removeAllBut(StoreManifest.STORE_FILE_NAME, StoreManifest.FILE_NAME);
            synchronise(folder.resolve(StoreManifest.STORE_FILE_NAME));
            synchronise(folder.resolve(StoreManifest.FILE_NAME));
            synchroniseFolder(folder);
            if (Files.exists(target)) replace();
            else Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
            synchroniseFolder(target.getParent());
        } catch (IOException e) {
            throw FileFailure.unwritable(target, e);
        }
    }

    /** Gives up the lock, and removes the folder unless it was moved into place. */
    @Override
    public void close() {
        try {
            lockFile.close();
            if (Files.exists(folder)) FileTree.remove(folder);
        } catch (IOException e) {
            // The next import of this name clears away what could not be removed now.
        }
    }

    private void replace() throws IOException {
        if (existing == ExistingDataset.KEEP) throw exists(target);
        Path aside = Files.createTempDirectory(target.getParent(), replaced(target));
        Path old = aside.resolve(target.getFileName());
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        FileTree.remove(aside);
    }

    private void removeAllBut(String... kept) throws IOException {
        for (Path path : list(folder, "*")) {
            if (!List.of(kept).contains(path.getFileName().toString())) FileTree.remove(path);
        }
    }

    private static void clearLeftovers(Path target) throws IOException {
        for (Path leftover : list(target.getParent(), globbed(importing(target)) + "*")) {
            if (isDead(leftover)) FileTree.remove(leftover);
        }
        for (Path aside : list(target.getParent(), globbed(replaced(target)) + "*")) {
            Path old = aside.resolve(target.getFileName());
            if (Files.exists(old) && !Files.exists(target)) Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            FileTree.remove(aside);
        }
    }

    private static boolean isDead(Path folder) throws IOException {
        Path lock = folder.resolve(LOCK_FILE_NAME);
        if (!Files.exists(lock)) {
            return Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isBefore(Instant.now().minus(TIME_TO_LOCK));
        }
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = file.tryLock()) {
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String importing(Path target) {
        return "." + target.getFileName() + ".importing-";
    }

    private static String replaced(Path target) {
        return "." + target.getFileName() + ".replaced-";
    }

    private static String globbed(String name) {
        return name.replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
    }

    private static List<Path> list(Path folder, String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
            entries.forEach(found::add);
        }
        return found;
    }

    private static void synchronise(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void synchroniseFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot synchronise a folder; there the file system's journal keeps the order.
        }
    }

    private static Problem exists(Path target) {
        return new Problem(
                "A dataset of this name exists already.",
                target.toString(),
                "choose another name, or ask for the existing one to be replaced");
    }
}
