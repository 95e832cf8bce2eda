package io.fovea.choice;

import io.fovea.file.TextFile;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A list of class names, one a line in the order of the labels; WordNet's numbers before ImageNet's names are left out. */
public final class ClassNameList {

    private static final Pattern WORDNET = Pattern.compile("^n\\d{8}\\s+");

    private ClassNameList() {}

    public static List<String> read(Path file) {
        try {
            List<String> lines = TextFile.lines(file, Optional.empty(), "save it as UTF-8").stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            boolean numbered =
                    lines.stream().allMatch(line -> WORDNET.matcher(line).find());
            if (!numbered) return lines;
            return lines.stream()
                    .map(line -> WORDNET.matcher(line).replaceFirst(""))
                    .toList();
        } catch (IOException failure) {
            throw new Problem(
                    "The list of class names cannot be read: " + failure.getMessage() + ".",
                    file.toString(),
                    "give a text file with one name a line",
                    failure);
        }
    }
}
