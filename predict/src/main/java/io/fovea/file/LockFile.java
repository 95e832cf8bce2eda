package io.fovea.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An empty file whose holder works alone on what lies beside it; the lock ends with the process at the latest. */
public final class LockFile implements AutoCloseable {

    /** The locks of this process: on POSIX systems to close any channel to a file gives up all locks that the process has on it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock, unless another process or this one holds it; the folder must be there. */
    public static Optional<LockFile> take(Path file) throws IOException {
        Path known = file.toAbsolutePath().normalize();
        if (!HELD.add(known)) return Optional.empty();
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) return Optional.of(new LockFile(known, channel));
            channel.close();
            HELD.remove(known);
            return Optional.empty();
        } catch (IOException failure) {
            HELD.remove(known);
            if (channel != null) channel.close();
            throw failure;
        }
    }

    /** Whether somebody holds it, this process or another. */
    public static boolean isHeld(Path file) {
        if (!Files.isRegularFile(file)) return false;
        try {
            Optional<LockFile> free = take(file);
            free.ifPresent(LockFile::close);
            return free.isEmpty();
        } catch (IOException readOnly) { // whoever works there can write
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException harmless) {
            // the lock ends with the process
        } finally {
            HELD.remove(file);
        }
    }
}
