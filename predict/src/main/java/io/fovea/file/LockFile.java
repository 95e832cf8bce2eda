package io.fovea.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** An empty file whose holder works alone on what lies beside it; the lock ends with the process at the latest. */
public final class LockFile implements AutoCloseable {

    /** The locks of this process: on POSIX systems to close any channel to a file gives up all locks that the process has on it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** A look holds the lock for some microseconds; what is held for longer is at work. */
    private static final int MOST_TRIES = 5;

    private static final long NANOSECONDS_BETWEEN_TRIES = 4_000_000;

    private final Path file;
    private final FileChannel channel;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock, unless another process or this one holds it; the folder must be there. Whoever only looks whether it is held is waited for, as that
     * takes no time.
     */
    public static Optional<LockFile> take(Path file) throws IOException {
        Path known = file.toAbsolutePath().normalize();
        for (int tries = 1; ; tries++) {
            Optional<LockFile> taken = tried(known);
            if (taken.isPresent() || HELD.contains(known) || tries == MOST_TRIES) return taken;
            LockSupport.parkNanos(NANOSECONDS_BETWEEN_TRIES);
        }
    }

    private static Optional<LockFile> tried(Path known) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(known)) return Optional.empty();
            FileChannel channel = FileChannel.open(known, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() == null) {
                    channel.close();
                    return Optional.empty();
                }
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
            HELD.add(known);
            return Optional.of(new LockFile(known, channel));
        }
    }

    /** Whether somebody holds it, this process or another. Any number may look at once. */
    public static boolean isHeld(Path file) {
        Path known = file.toAbsolutePath().normalize();
        synchronized (HELD) { // closing a channel would end a lock that this process holds on the same file
            if (HELD.contains(known)) return true;
            if (!Files.isRegularFile(known)) return false;
            try (FileChannel channel = FileChannel.open(known, StandardOpenOption.READ)) {
                return channel.tryLock(0, Long.MAX_VALUE, true) == null;
            } catch (IOException unreadable) { // whoever works there can read
                return false;
            }
        }
    }

    @Override
    public void close() {
        synchronized (HELD) {
            try {
                channel.close();
            } catch (IOException harmless) {
                // the lock ends with the process
            } finally {
                HELD.remove(file);
            }
        }
    }
}
