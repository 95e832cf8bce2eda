package io.fovea.bundle;

import java.util.Objects;

/**
 * What the manifest promises about one entry of the file.
 *
 * @param name        the entry's name in the zip
 * @param sizeInBytes its length
 * @param sha256      its SHA-256, 64 lower-case hexadecimal digits
 */
public record FileEntry(String name, long sizeInBytes, String sha256) {

    /** Checks that nothing is missing. */
    public FileEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Returns what is true of {@code content}. */
    public static FileEntry of(String name, byte[] content) {
        return new FileEntry(name, content.length, Sha256.of(content));
    }
}
