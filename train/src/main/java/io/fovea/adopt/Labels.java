package io.fovea.adopt;

import io.fovea.dataset.DistinctNames;
import io.fovea.file.TextFile;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Class names of a project, and what became of them.
 *
 * @param names one for each output, all different
 * @param line  for the report
 */
record Labels(List<String> names, AdoptionLine line) {

    private static final AdoptionLine.Part PART = AdoptionLine.Part.LABELS;

    /** Reads a file with a name on each line. */
    static List<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file))
            throw new Problem(
                    "There is no such file of class names.", file.toString(), "check the path that --labels names");
        return TextFile.lines(file, Optional.empty(), "save it as UTF-8").stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Takes the names that are chosen, else those of the project, else numbers. */
    static Labels of(AdoptionSettings settings, List<String> own, int outputs, String where) throws IOException {
        List<String> names =
                settings.labels().isPresent() ? read(settings.labels().get()) : own;
        String from = settings.labels().isPresent() ? settings.labels().get().toString() : where;
        if (names.isEmpty()) {
            List<String> numbers =
                    IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
            return new Labels(
                    numbers,
                    AdoptionLine.left(
                            PART,
                            "none are there: classes are called 0 to " + (outputs - 1) + "; --labels FILE names them"));
        }
        if (names.size() != outputs) {
            throw new Problem(
                    "The network has " + outputs + " outputs, and there are " + names.size() + " class names.",
                    from,
                    "give the names that belong to it with --labels FILE, one a line in the order of the outputs");
        }
        DistinctNames distinct = DistinctNames.of(names);
        List<String> remarks = new ArrayList<>(distinct.remarks());
        String words = outputs + " class names" + (settings.labels().isPresent() ? " from " + from : "");
        return new Labels(
                distinct.names(),
                remarks.isEmpty()
                        ? AdoptionLine.came(PART, words)
                        : AdoptionLine.changed(PART, words + "; " + String.join("; ", remarks)));
    }
}
