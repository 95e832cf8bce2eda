package io.fovea.server;

import io.fovea.problem.Problem;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one workbench at a time have a workspace; the lock ends with the process at the latest. */
final class WorkspaceLock implements AutoCloseable {

    private final FileChannel channel;
    private final Path address;

    private WorkspaceLock(FileChannel channel, Path address) {
        this.channel = channel;
        this.address = address;
    }

    static WorkspaceLock take(Workspace workspace) {
        Path folder = workspace.workbench();
        Path address = folder.resolve("address.txt");
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                throw new Problem(
                        "Another workbench has this workspace"
                                + (Files.exists(address) ? ": " + Files.readString(address) : "."),
                        workspace.folder().toString(),
                        "open that one in the browser, end it with Ctrl-C, or choose another folder with --workspace");
            }
            return new WorkspaceLock(channel, address);
        } catch (IOException failure) {
            throw unwritable(folder, failure);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        }
    }

    /** Writes down where the server is, for whoever comes second. */
    void tell(URI server) {
        try {
            Files.writeString(address, server.toString(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw unwritable(address, failure);
        }
    }

    private static Problem unwritable(Path place, IOException failure) {
        return new Problem(
                "The workspace cannot be written: " + failure.getMessage() + ".",
                place.toString(),
                "make the folder writable, or choose another with --workspace",
                failure);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(address);
            channel.close();
        } catch (IOException harmless) {
            // the lock ends with the process
        }
    }
}
