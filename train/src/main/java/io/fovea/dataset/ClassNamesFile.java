package io.fovea.dataset;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A text file with one class name per line, in the order of the labels. */
final class ClassNamesFile {

    private ClassNamesFile() {}

    static List<String> read(Path file) {
        List<String> names;
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            names = text.replace("\uFEFF", "")
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        }
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
