package io.fovea.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that is published somewhere, with what tells the right content from any other.
 *
 * @param name        the file's name, without folders
 * @param sizeInBytes its size, at least 1
 * @param sha256      its SHA-256 in lower-case hex
 */
public record RemoteFile(String name, long sizeInBytes, String sha256) {

    /** Checks the parts. */
    public RemoteFile {
        if (name.isBlank() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            throw new IllegalArgumentException("Not the plain name of a file: \"" + name + "\"");
        }
        if (sizeInBytes < 1) throw new IllegalArgumentException("sizeInBytes must be at least 1: " + sizeInBytes);
        if (!sha256.matches("[0-9a-f]{64}")) throw new IllegalArgumentException("Not a SHA-256: \"" + sha256 + "\"");
    }

    /** Returns whether the file at {@code path} exists and has exactly this content. Reads it as a whole. */
    boolean isAt(Path path) throws IOException {
        return Files.isRegularFile(path)
                && Files.size(path) == sizeInBytes
                && sha256Of(path).equals(sha256);
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
