package io.fovea.file;

import io.fovea.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a file beside its target and moves it into place, so that a reader sees the old content or the new, never a part.
 *
 * <p>The part's name, {@code .NAME.PID-COUNT.part}, tells which process writes it: what a killed process left behind is
 * removed by the next write of the same file. Threads may share this class.
 */
public final class AtomicFile {

    private static final AtomicLong COUNT = new AtomicLong();

    private AtomicFile() {}

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to {@code out}, which is buffered; closing is left to the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code content} to {@code target}, replacing what was there; makes the folder if it is missing.
     *
     * @throws Problem if the folder cannot be written or the disk is full; the old file is then as it was
     */
    public static void write(Path target, Content content) {
        Path folder = target.toAbsolutePath().getParent();
        String name = target.getFileName().toString();
        Path part = folder.resolve(
                "." + name + "." + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".part");
        try {
            Files.createDirectories(folder);
            removeLeftovers(folder, name);
            try {
                fill(part, content);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new Problem(
                    "The file cannot be written: " + reason(e),
                    target.toString(),
                    "make room on the disk and allow writing in " + folder + ", or choose another folder",
                    e);
        }
    }

    /** Writes {@code bytes} to {@code target}, as {@link #write(Path, Content)} does. */
    public static void write(Path target, byte[] bytes) {
        write(target, out -> out.write(bytes));
    }

    private static void fill(Path part, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            content.writeTo(out);
            out.flush();
            // Without this a power cut after the move could leave the new name on an empty file.
            channel.force(true);
        }
    }

    private static void removeLeftovers(Path folder, String name) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(
                folder, path -> isPartOf(name, path.getFileName().toString()))) {
            for (Path part : parts) Files.deleteIfExists(part);
        }
    }

    /** Returns whether the file is a part of {@code name} whose process is gone. */
    static boolean isPartOf(String name, String file) {
        String start = "." + name + ".";
        if (!file.startsWith(start) || !file.endsWith(".part")) return false;
        String process = file.substring(start.length()).split("-", 2)[0];
        return process.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(process)).isEmpty();
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException f && f.getReason() != null) return f.getReason();
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
