package io.fovea.source;

import io.fovea.file.RawName;
import io.fovea.problem.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Unpacks an archive that comes from elsewhere into a folder, within limits. Names that lead out of it, and what unpacks to far more than it was, stop
 * it; links and what nobody sees are left out. For one archive and one thread.
 */
public final class ArchiveUnpacking {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private final Limits limits;
    private int files;
    private long bytes;
    private int links;

    /**
     * How much may come out.
     *
     * @param bytes of all files together
     * @param files in number
     */
    public record Limits(long bytes, int files) {}

    /** Nothing is unpacked yet; the folder is there and empty. */
    public ArchiveUnpacking(Path folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /**
     * Unpacks a zip, a tar or a tar.gz.
     *
     * @throws Problem if it is damaged, holds what may do harm, or more than the limits
     */
    public void file(Path archive) throws IOException {
        if (!ArchiveImporter.isArchive(archive)) throw noArchive(archive.toString());
        ArchiveEntries.visit(archive, SourceReading.DETECTED, entry -> unpack(entry, archive.toString()));
    }

    /**
     * Unpacks a tar while it comes; whatever stands behind its end is left to read.
     *
     * @param name how problems name it
     * @throws Problem likewise
     */
    public void tar(InputStream stream, String name) throws IOException {
        InputStream kept = new FilterInputStream(stream) {
            @Override
            public void close() {
                // it is the caller's
            }
        };
        ArchiveEntries.visitTar(kept, Path.of(name), SourceReading.DETECTED, entry -> unpack(entry, name));
    }

    /** Returns how many files were unpacked. */
    public int files() {
        return files;
    }

    /** Returns how many bytes they have. */
    public long bytes() {
        return bytes;
    }

    /** Returns how many links were left out. */
    public int links() {
        return links;
    }

    private void unpack(ArchiveEntries.Entry entry, String archive) throws IOException {
        if (entry.isLink()) links++;
        if (!entry.isFile() || UnseenFiles.isBelowUnseen(entry.name())) return;
        if (++files > limits.files())
            throw tooMuch(String.format(Locale.ROOT, "more than %,d files", limits.files()), archive);
        Path file = RawName.below(folder, entry.name());
        if (!file.normalize().startsWith(folder))
            throw new Problem("A name leads out of the archive.", archive, "do not trust this archive");
        try {
            Files.createDirectories(file.getParent());
            try (InputStream in = entry.open();
                    OutputStream out =
                            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                copy(in, out, archive);
            }
        } catch (FileAlreadyExistsException | NotDirectoryException twice) {
            throw new Problem(
                    "The name \"" + entry.name() + "\" is there twice.",
                    archive,
                    "pack the folder again, each name once",
                    twice);
        }
    }

    private void copy(InputStream in, OutputStream out, String archive) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            bytes += count;
            if (bytes > limits.bytes())
                throw tooMuch(String.format(Locale.ROOT, "more than %,d MB", limits.bytes() >> 20), archive);
            out.write(buffer, 0, count);
        }
    }

    private static Problem tooMuch(String what, String archive) {
        return new Problem(
                "The pictures are " + what + ".",
                archive,
                "name their folder instead, or import them with \"fovea data import\", which knows no limit");
    }

    private static Problem noArchive(String name) {
        return new Problem(
                "Expected a zip, a tar or a tar.gz.", name, "pack the folder with its pictures as one of them");
    }
}
