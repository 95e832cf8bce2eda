package io.fovea.format;

import java.nio.file.Files;
import java.nio.file.Path;

/** A model that is to be written in one form; made only where the form can say all of the model. */
interface FormatWriter {

    /** Returns what the file or folder is called unless a place is named. */
    String fileName();

    /** Returns what is replaced when something is written to {@code target}: itself, or a part of a folder of many. */
    default Path replaced(Path target) {
        return target;
    }

    /** Whether what is there may be replaced: a file, or a folder that was made by such an export and holds nothing else. */
    default boolean isReplaceable(Path there) {
        return Files.isRegularFile(there);
    }

    /**
     * Writes and checks it; what was there is replaced.
     *
     * @throws io.fovea.problem.Problem if it cannot be written, or a check fails, and nothing is there then
     */
    Exported write(Path target);
}
