package io.fovea.list;

import io.fovea.problem.Problem;
import io.fovea.source.SourceName;
import io.fovea.source.SourceReading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of one list's or table's pictures, looked for before any work.
 *
 * @param found   one for each path
 * @param remarks what the paths had to be rid of
 */
record ListedFiles(List<PictureFinder.Found> found, List<String> remarks) {

    /**
     * Looks for all of them.
     *
     * @throws Problem if none is there
     */
    static ListedFiles of(List<String> written, List<Path> starts, SourceReading reading, Path file) {
        PictureFinder finder = new PictureFinder(starts, reading.namesEncoding(), written);
        List<PictureFinder.Found> found = new ArrayList<>(written.size());
        Map<PathCorrection, Integer> counts = new EnumMap<>(PathCorrection.class);
        Map<PathCorrection, String> examples = new EnumMap<>(PathCorrection.class);
        Map<Path, String> meant = new HashMap<>();
        for (String path : written) {
            PictureFinder.Found each = finder.find(path);
            if (each instanceof PictureFinder.Found.At(Path at, var corrections) && !corrections.isEmpty()) {
                String other = meant.putIfAbsent(at, path);
                if (other != null && !other.equals(path)) each = ambiguous(at, other);
                else
                    for (PathCorrection correction : corrections) {
                        counts.merge(correction, 1, Integer::sum);
                        examples.putIfAbsent(correction, "\"" + path + "\", found as " + at);
                    }
            }
            found.add(each);
        }
        if (found.stream().noneMatch(PictureFinder.Found.At.class::isInstance))
            throw allMissing(written, found, starts, file);
        List<String> remarks = new ArrayList<>();
        counts.forEach((correction, count) -> remarks.add("Paths of " + SourceName.of(file) + " " + correction.words()
                + ": " + count + ", such as " + examples.get(correction) + "."));
        return new ListedFiles(found, remarks);
    }

    private static PictureFinder.Found ambiguous(Path file, String other) {
        return new PictureFinder.Found.Nowhere(
                "It could only mean " + file + ", which is meant by \"" + other + "\" already.");
    }

    private static Problem allMissing(
            List<String> written, List<PictureFinder.Found> found, List<Path> starts, Path file) {
        String reason = found.getFirst() instanceof PictureFinder.Found.Nowhere(String why) ? " – " + why : "";
        return new Problem(
                (written.size() == 1 ? "The picture" : "None of the " + written.size() + " pictures")
                        + " that the list names "
                        + (written.size() == 1 ? "is not there" : "is there") + ". The first: \"" + written.getFirst()
                        + "\""
                        + reason,
                file.toString(),
                "write the paths as they are on this machine, with slashes, starting from " + starts.getFirst()
                        + "; or say where they start: pictures=FOLDER");
    }
}
