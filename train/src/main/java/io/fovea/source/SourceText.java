package io.fovea.source;

import io.fovea.dataset.FileFailure;
import io.fovea.file.TextFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Text files of a source: lists, tables, names of classes. */
public final class SourceText {

    private SourceText() {}

    /** Returns the lines of a file, in UTF-8 or UTF-16 with a mark, or else in {@code encoding}. */
    public static List<String> lines(Path file, Optional<Charset> encoding) {
        try {
            return TextFile.lines(
                    file,
                    encoding,
                    "save it as UTF-8, or say what it is in, for example --names-encoding windows-1252");
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        }
    }
}
