package io.fovea.download;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What has been received of a file so far, in {@code name.part} beside its final place; kept when the program ends, to go on later.
 *
 * <p>Locked, so that two programs do not write into one. Trouble with the disk becomes a {@link Problem} here, and is never taken
 * for a mirror's fault.
 */
final class PartialFile implements AutoCloseable {

    private final RemoteFile file;
    private final Path target;
    private final Path part;
    private final FileChannel channel;

    private PartialFile(RemoteFile file, Path target, Path part, FileChannel channel) {
        this.file = file;
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    /** Opens what is there of the file that belongs to {@code target}, or begins it; makes the folder if needed. */
    static PartialFile open(RemoteFile file, Path target) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock(channel, part);
                channel.position(channel.size());
                return new PartialFile(file, target, part, channel);
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw unwritable(part, failure);
        }
    }

    private static void lock(FileChannel channel, Path part) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProgram) {
            // as if another program held it
        }
        if (lock != null) return;
        throw new Problem(
                "This file is being downloaded already.",
                part.toString(),
                "wait until the other download has finished, then run the command again");
    }

    /** Returns how many bytes there are. */
    long size() {
        try {
            return channel.size();
        } catch (IOException failure) {
            throw unwritable(part, failure);
        }
    }

    /** Adds the first {@code length} bytes of {@code bytes}. */
    void append(byte[] bytes, int length) {
        try {
            ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
            while (rest.hasRemaining()) channel.write(rest);
        } catch (IOException failure) {
            throw unwritable(part, failure);
        }
    }

    /** Throws away what is there. */
    void clear() {
        try {
            channel.truncate(0);
        } catch (IOException failure) {
            throw unwritable(part, failure);
        }
    }

    /** Returns the SHA-256 of what is there, in lower-case hex. */
    String sha256() {
        try {
            return RemoteFile.sha256Of(part);
        } catch (IOException failure) {
            throw unwritable(part, failure);
        }
    }

    /** Returns whether all of the file is there and right, as far as that can be told. */
    boolean isRight() {
        return file.isSize(size()) && sha256().startsWith(file.sha256());
    }

    /** Moves the file into its place, from one moment to the next, and closes it. */
    void finish() {
        try {
            channel.force(true);
            channel.close();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw unwritable(part, failure);
        }
    }

    /** Leaves what is there for another time; nothing is left of a file that was not begun. */
    @Override
    public void close() {
        if (!channel.isOpen()) return;
        try {
            boolean isEmpty = channel.size() == 0;
            channel.close();
            if (isEmpty) Files.deleteIfExists(part);
        } catch (IOException failure) {
            throw unwritable(part, failure);
        }
    }

    private static Problem unwritable(Path path, IOException failure) {
        if (failure instanceof ClosedByInterruptException) return Download.interrupted(path.toString());
        return new Problem(
                "The download cannot be written: " + failure,
                path.toString(),
                "check free space and write access of the folder, or choose another",
                failure);
    }
}
