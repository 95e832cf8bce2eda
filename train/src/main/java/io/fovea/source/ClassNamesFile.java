package io.fovea.source;

import io.fovea.dataset.DistinctNames;
import io.fovea.problem.Problem;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A text file with one class name per line, in the order of the labels. */
public final class ClassNamesFile {

    private ClassNamesFile() {}

    /** Returns the names, equal ones with their label behind them; {@code encoding} is that of text which is not UTF-8. */
    public static DistinctNames read(Path file, Optional<Charset> encoding) {
        List<String> names = SourceText.lines(file, encoding).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (names.isEmpty())
            throw new Problem("The file has no class names.", file.toString(), "write one class name per line");
        return DistinctNames.of(names);
    }
}
