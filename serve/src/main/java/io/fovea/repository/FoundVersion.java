package io.fovea.repository;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * A model file as it was seen: another size or time is another file.
 *
 * @param name     of the model
 * @param version  the number of its folder, or 1
 * @param file     the bundle
 * @param bytes    its size
 * @param modified when it was written
 */
record FoundVersion(String name, long version, Path file, long bytes, FileTime modified) {}
