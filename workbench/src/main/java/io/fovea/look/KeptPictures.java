package io.fovea.look;

import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pictures that people gave to look at, as files that are called by what they hold: the same picture has the same name whenever it is given. The
 * latest {@value #MOST} are kept. Threads may share it.
 */
public final class KeptPictures {

    private static final int MOST = 64;
    private static final String NAME = "[0-9a-f]{32}";

    private final Path folder;

    /**
     * Those in a folder.
     *
     * @param folder made when the first is kept
     */
    public KeptPictures(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps a picture's file, whatever it holds.
     *
     * @return its name
     * @throws Problem if it cannot be written
     */
    public String keep(byte[] file) {
        String name = name(file);
        Path place = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            if (Files.isRegularFile(place)) touch(place);
            else AtomicFile.write(place, file);
            forgetOldest();
            return name;
        } catch (IOException failure) {
            throw new Problem(
                    "The picture cannot be kept: " + failure.getMessage() + ".",
                    folder.toString(),
                    "check the folder's permissions and the free space",
                    failure);
        }
    }

    /** Keeps no more of a picture. */
    public void forget(String name) {
        try {
            if (name.matches(NAME)) Files.deleteIfExists(folder.resolve(name));
        } catch (IOException harmless) {
            // it is forgotten when it is the oldest
        }
    }

    /**
     * Returns a picture's file, which is now the latest.
     *
     * @throws Problem if there is none of this name, or no longer
     */
    public Path file(String name) {
        Path file = folder.resolve(name.matches(NAME) ? name : "none");
        if (!name.matches(NAME) || !Files.isRegularFile(file)) throw gone();
        try {
            touch(file);
        } catch (IOException harmless) {
            // it is only forgotten earlier
        }
        return file;
    }

    private static Problem gone() {
        return new Problem(
                "The picture is not there, or no longer: the latest " + MOST + " are kept.",
                PictureAnswers.CALLED,
                "give it again");
    }

    /**
     * Returns what a file holds.
     *
     * @throws Problem if it is no longer there
     */
    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException deleted) {
            throw gone();
        }
    }

    private static void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    }

    private synchronized void forgetOldest() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> file.getFileName().toString().matches(NAME)).forEach(files::add);
        }
        if (files.size() <= MOST) return;
        files.sort(Comparator.comparing((Path file) -> file.toFile().lastModified()));
        for (Path oldest : files.subList(0, files.size() - MOST)) Files.deleteIfExists(oldest);
    }

    private static String name(byte[] file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(file);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
