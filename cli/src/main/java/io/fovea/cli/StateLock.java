package io.fovea.cli;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps others from a state file as long as one evolution writes it; the lock is a file beside it. */
final class StateLock implements AutoCloseable {

    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks.
     *
     * @param model whose evolution it is
     * @throws Problem if another process holds the lock, or the file cannot be written
     */
    static StateLock of(Path stateFile, String model) {
        Path file = stateFile.resolveSibling(stateFile.getFileName() + ".lock");
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) return new StateLock(channel);
            channel.close();
        } catch (IOException failure) {
            throw new Problem(
                    "The evolution's folder cannot be used: " + failure.getMessage() + ".",
                    file.toString(),
                    "check the permissions and the free space of the workspace",
                    failure);
        }
        throw new Problem(
                "Another process is making the model \"" + model + "\" right now.",
                file.toString(),
                "wait for it, or give this one another name");
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException takenByThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException harmless) {
            // the lock ends with the process
        }
    }
}
