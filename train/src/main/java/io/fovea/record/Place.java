package io.fovea.record;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where in a file of settings something stands, for messages.
 *
 * @param source the file's name
 * @param path   the names that lead to it, outermost first
 * @param lines  the line of each path, counted from 1; empty where it is not known
 */
public record Place(String source, List<String> path, Map<List<String>, Integer> lines) {

    /** Copies the path. */
    public Place {
        path = List.copyOf(path);
    }

    /** The whole of something whose lines are not known. */
    public static Place of(String source) {
        return new Place(source, List.of(), Map.of());
    }

    /** Returns the place of a part. */
    public Place at(String name) {
        return new Place(source, Stream.concat(path.stream(), Stream.of(name)).toList(), lines);
    }

    /** Returns words such as {@code tiny.yaml, line 7, settings, epochs}. */
    @Override
    public String toString() {
        Integer line = lines.get(path);
        return Stream.of(
                        Stream.of(source),
                        line == null ? Stream.<String>of() : Stream.of("line " + line),
                        path.stream())
                .flatMap(words -> words)
                .collect(Collectors.joining(", "));
    }
}
