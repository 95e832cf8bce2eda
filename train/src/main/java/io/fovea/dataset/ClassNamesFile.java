package io.fovea.dataset;

import io.fovea.problem.Problem;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A text file with one class name per line, in the order of the labels. */
final class ClassNamesFile {

    private ClassNamesFile() {}

    /** Returns the names; {@code encoding} is that of text which is not UTF-8. */
    static List<String> read(Path file, Optional<Charset> encoding) {
        List<String> names = SeparatedLine.lines(file, encoding).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (names.isEmpty())
            throw new Problem("The file has no class names.", file.toString(), "write one class name per line");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(names.get(i))) {
                throw new Problem(
                        "The class name \"" + names.get(i) + "\" is there twice.",
                        file + ", name " + (i + 1),
                        "write every class name once");
            }
        }
        return names;
    }
}
