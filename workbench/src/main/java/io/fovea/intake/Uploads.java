package io.fovea.intake;

import io.fovea.file.FileTree;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.source.ArchiveUnpacking;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Folders and archives that people send: each becomes a folder of its own, unpacked, there as a whole or not at all. Threads may share it; one server at a
 * time has a folder of uploads.
 */
public final class Uploads {

    private static final String PART = ".part-";
    private static final int LONGEST_NAME = 60;
    private static final byte[] ZIP = {'P', 'K'};
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    private final Path folder;
    private final Limits limits;
    private final Map<String, Long> sizes = new ConcurrentHashMap<>();

    /**
     * How much may come.
     *
     * @param bytes        in one upload, packed and unpacked
     * @param files        in one upload
     * @param bytesLeftFree on the disk, at least
     */
    public record Limits(long bytes, int files, long bytesLeftFree) {

        /** 20 GB, a million files, and a gigabyte that stays free. */
        public static final Limits USUAL = new Limits(20L << 30, 1_000_000, 1L << 30);
    }

    /**
     * What was sent.
     *
     * @param name        of the upload
     * @param folder      that the pictures lie in, to be named as a source
     * @param sizeInBytes of its files
     */
    public record Upload(String name, Path folder, long sizeInBytes) {}

    /**
     * What came of a body.
     *
     * @param upload what is there now
     * @param files  how many files were unpacked
     * @param links  how many links were left out
     */
    public record Received(Upload upload, int files, int links) {}

    /** Clears away what a server that was killed left half received. */
    public Uploads(Path folder, Limits limits) {
        this.folder = folder.toAbsolutePath().normalize();
        this.limits = limits;
        if (!Files.isDirectory(this.folder)) return;
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(this.folder, PART + "*")) {
            for (Path part : parts) FileTree.remove(part);
        } catch (IOException stillThere) {
            // hidden, and tried again by the next server
        }
    }

    /** Returns how much may come. */
    public Limits limits() {
        return limits;
    }

    /**
     * Receives a zip, a tar or a tar.gz and unpacks it.
     *
     * @param wanted what the upload should be called, such as the name of the folder or of the archive
     * @param length of the body, if it is known
     * @throws Problem     if it is none of these, holds what may do harm, is more than the limits, was cut off, or the disk is full; nothing of it stays
     * @throws TooMuch     where the length tells so before anything comes
     */
    public Received receive(InputStream body, String wanted, OptionalLong length) {
        String name = plain(wanted);
        refuseTooMuch(name, length.orElse(0));
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempDirectory(folder, PART);
            try {
                return received(body, name, part);
            } finally {
                FileTree.remove(part);
            }
        } catch (IOException failure) {
            throw failed(name, failure);
        }
    }

    /** More than fits. */
    public static final class TooMuch extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Problem problem;
        private final boolean disk;

        TooMuch(Problem problem, boolean disk) {
            super(problem);
            this.problem = problem;
            this.disk = disk;
        }

        /** Returns what is wrong. */
        public Problem problem() {
            return problem;
        }

        /** Whether it is the disk that is full, and not the limit that is reached. */
        public boolean isDisk() {
            return disk;
        }
    }

    private void refuseTooMuch(String name, long bytes) {
        if (bytes > limits.bytes())
            throw new TooMuch(
                    new Problem(
                            String.format(Locale.ROOT, "An upload has at most %,d MB.", limits.bytes() >> 20),
                            "the upload \"" + name + "\"",
                            "name the folder instead, where the workbench may read it (--folder), or import it with"
                                    + " \"fovea data import\""),
                    false);
        long free = freeBytes();
        if (free - bytes < limits.bytesLeftFree())
            throw new TooMuch(
                    new Problem(
                            String.format(
                                    Locale.ROOT,
                                    "The disk has %,d MB left; the upload takes %,d MB, and %,d MB stay free for work.",
                                    free >> 20,
                                    bytes >> 20,
                                    limits.bytesLeftFree() >> 20),
                            folder.toString(),
                            "delete datasets, runs or uploads that are no longer needed"),
                    true);
    }

    private long freeBytes() {
        try {
            Files.createDirectories(folder);
            FileStore store = Files.getFileStore(folder);
            return store.getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }

    private Received received(InputStream body, String name, Path part) throws IOException {
        Path files = Files.createDirectory(part.resolve("files"));
        ArchiveUnpacking unpacking =
                new ArchiveUnpacking(files, new ArchiveUnpacking.Limits(limits.bytes(), limits.files()));
        BufferedInputStream stream = new BufferedInputStream(new Limited(body, limits.bytes(), name), 1 << 16);
        byte[] beginning = beginning(stream);
        if (Arrays.equals(beginning, ZIP)) {
            Path zip = part.resolve(name + ".zip");
            Files.copy(stream, zip);
            unpacking.file(zip);
            Files.delete(zip);
        } else if (Arrays.equals(beginning, GZIP)) {
            unpacking.tar(new BufferedInputStream(new GZIPInputStream(stream, 1 << 16), 1 << 16), name);
        } else {
            unpacking.tar(stream, name);
        }
        stream.transferTo(java.io.OutputStream.nullOutputStream()); // to its end, or it was cut off
        if (unpacking.files() == 0)
            throw new Problem(
                    "The upload holds no file.",
                    "the upload \"" + name + "\"",
                    "choose a folder with pictures in it, or a zip, a tar or a tar.gz of one");
        Path place = placed(files, name);
        Upload upload = new Upload(place.getFileName().toString(), pictures(place), unpacking.bytes());
        sizes.put(upload.name(), unpacking.bytes());
        return new Received(upload, unpacking.files(), unpacking.links());
    }

    private static byte[] beginning(BufferedInputStream stream) throws IOException {
        stream.mark(2);
        byte[] beginning = stream.readNBytes(2);
        stream.reset();
        return beginning;
    }

    /** Two uploads of one name get numbers. */
    private Path placed(Path files, String name) throws IOException {
        for (int number = 1; ; number++) {
            Path place = folder.resolve(number == 1 ? name : name + "-" + number);
            try {
                if (Files.exists(place)) continue;
                Files.move(files, place, StandardCopyOption.ATOMIC_MOVE);
                return place;
            } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException taken) {
                // the next number
            }
        }
    }

    /** A folder that was packed as a whole stands alone in its archive: its content is meant. */
    private static Path pictures(Path place) {
        try (Stream<Path> entries = Files.list(place)) {
            List<Path> all = entries.limit(2).toList();
            return all.size() == 1 && Files.isDirectory(all.getFirst()) ? all.getFirst() : place;
        } catch (IOException unreadable) {
            return place;
        }
    }

    /** Returns what was sent and is still there, by name. */
    public List<Upload> list() {
        if (!Files.isDirectory(folder)) return List.of();
        List<Upload> uploads = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path place : entries.filter(Files::isDirectory).sorted().toList()) {
                String name = place.getFileName().toString();
                if (name.startsWith(".")) continue;
                long size = sizes.computeIfAbsent(name, _ -> FileTree.sizeInBytes(place));
                uploads.add(new Upload(name, pictures(place), size));
            }
        } catch (IOException failure) {
            throw failed("", failure);
        }
        sizes.keySet().retainAll(uploads.stream().map(Upload::name).toList());
        return uploads;
    }

    /**
     * Deletes an upload; datasets that were made of it stay.
     *
     * @throws Problem if there is none of this name
     */
    public Upload delete(String name) {
        List<Upload> uploads = list();
        Upload upload = uploads.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "There is no upload named \"" + name + "\".",
                        folder.toString(),
                        uploads.isEmpty()
                                ? "there are none"
                                : Nearest.suggestion(
                                        name, uploads.stream().map(Upload::name).toList())));
        FileTree.delete(folder.resolve(upload.name()));
        sizes.remove(name);
        return upload;
    }

    /** Returns a name for a folder: letters, digits, dots, dashes and underscores, without the ending of an archive. */
    private static String plain(String wanted) {
        String name = wanted.substring(Math.max(wanted.lastIndexOf('/'), wanted.lastIndexOf('\\')) + 1)
                .replaceFirst("(?i)\\.(zip|tar|tgz|tar\\.gz)$", "")
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceFirst("^[^A-Za-z0-9]+", "");
        if (name.isEmpty()) return "upload";
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    private Problem failed(String name, IOException failure) {
        String place = name.isEmpty() ? folder.toString() : "the upload \"" + name + "\"";
        if (freeBytes() < 1 << 20)
            return new Problem(
                    "The disk is full; nothing of the upload was kept.",
                    folder.toString(),
                    "delete datasets, runs or uploads that are no longer needed",
                    failure);
        return new Problem(
                "The upload could not be kept: " + failure.getMessage() + ".",
                place,
                "if it was cut off, send it again; else pack the folder again as a zip or a tar",
                failure);
    }

    /** Ends where more comes than is allowed. */
    private static final class Limited extends FilterInputStream {

        private final String name;
        private final long most;
        private long left;

        Limited(InputStream in, long most, String name) {
            super(in);
            this.most = most;
            this.left = most;
            this.name = name;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) spend(1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            if (count > 0) spend(count);
            return count;
        }

        private void spend(long bytes) {
            left -= bytes;
            if (left >= 0) return;
            throw new TooMuch(
                    new Problem(
                            String.format(Locale.ROOT, "An upload has at most %,d MB.", most >> 20),
                            "the upload \"" + name + "\"",
                            "name the folder instead, or import it with \"fovea data import\""),
                    false);
        }
    }
}
