package io.fovea.junit;

import java.nio.file.Path;

/**
 * A picture whose class is known.
 *
 * @param file  where it lies
 * @param name  what messages call it: its path below the folder or the table
 * @param label the index of its class
 */
record LabelledPicture(Path file, String name, int label) {}
