package io.fovea.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * A file that is published somewhere, with what tells the right content from any other.
 *
 * @param name        the file's name, without folders
 * @param sizeInBytes its size, at least 1; empty where it was not published
 * @param sha256      how its SHA-256 begins, up to 64 digits in lower-case hex; empty where nothing was published
 */
public record RemoteFile(String name, OptionalLong sizeInBytes, String sha256) {

    /** Checks the parts. */
    public RemoteFile {
        if (name.isBlank() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            throw new IllegalArgumentException("Not the plain name of a file: \"" + name + "\"");
        }
        if (sizeInBytes.isPresent() && sizeInBytes.getAsLong() < 1)
            throw new IllegalArgumentException("sizeInBytes must be at least 1: " + sizeInBytes);
        if (!sha256.matches("[0-9a-f]{0,64}")) throw new IllegalArgumentException("Not a SHA-256: \"" + sha256 + "\"");
    }

    /** Of which size and all 64 digits of the checksum are known. */
    public RemoteFile(String name, long sizeInBytes, String sha256) {
        this(name, OptionalLong.of(sizeInBytes), sha256);
        if (sha256.length() != 64) throw new IllegalArgumentException("Not a SHA-256: \"" + sha256 + "\"");
    }

    /** Returns whether the right content can be told from any other. */
    boolean isVerifiable() {
        return !sha256.isEmpty();
    }

    /** Returns whether the file at {@code path} exists and, as far as it is known, has this content. Reads it as a whole. */
    public boolean isAt(Path path) throws IOException {
        return Files.isRegularFile(path)
                && isSize(Files.size(path))
                && sha256Of(path).startsWith(sha256);
    }

    /** Returns whether so many bytes can be the whole file. */
    boolean isSize(long size) {
        return sizeInBytes.isEmpty() ? size > 0 : size == sizeInBytes.getAsLong();
    }

    /** Returns the SHA-256 of a file in lower-case hex. */
    static String sha256Of(Path path) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream content = Files.newInputStream(path)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer))
                digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
