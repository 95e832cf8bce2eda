package io.fovea.format;

import java.nio.file.Path;
import java.util.List;

/**
 * What came of an export.
 *
 * @param format that was asked for
 * @param path   the file, or the folder
 * @param files  all that was written, in the order of their paths
 * @param checks what was compared, and what came out
 * @param notes  what a person should know before using it
 */
public record Exported(ModelFormat format, Path path, List<WrittenFile> files, List<Check> checks, List<String> notes) {

    /** Copies. */
    public Exported {
        files = List.copyOf(files);
        checks = List.copyOf(checks);
        notes = List.copyOf(notes);
    }

    /** Returns the size of all files. */
    public long bytes() {
        return files.stream().mapToLong(WrittenFile::bytes).sum();
    }
}
