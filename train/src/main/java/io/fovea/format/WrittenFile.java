package io.fovea.format;

import java.nio.file.Path;

/**
 * A file that an export wrote.
 *
 * @param path  where it is
 * @param bytes its size
 */
public record WrittenFile(Path path, long bytes) {}
