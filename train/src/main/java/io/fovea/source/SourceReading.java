package io.fovea.source;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * How sources are read where they do not tell it themselves.
 *
 * @param namesEncoding of the names in archives and folders and of the text in lists, where they are not UTF-8
 * @param pathColumn    of lists and tables, with the pictures' files: its name in the first line, or its number from 1
 * @param labelColumn   of lists, with the classes; likewise
 */
public record SourceReading(
        Optional<Charset> namesEncoding, Optional<String> pathColumn, Optional<String> labelColumn) {

    /** As the sources tell it. */
    public static final SourceReading DETECTED =
            new SourceReading(Optional.empty(), Optional.empty(), Optional.empty());
}
