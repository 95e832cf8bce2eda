package io.fovea.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rooms of ARCHITECTURE.md: rows of the form {@code | `room` | meaning | `used`, `used` |}.
 *
 * @param mayUse per room the rooms that it may use
 */
record ArchitectureTable(Map<String, Set<String>> mayUse) {

    private static final Pattern ROW = Pattern.compile("\\| `([a-z]+)` \\|[^|]*\\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`([a-z]+)`");

    static ArchitectureTable read() throws IOException {
        return parse(Files.readString(SourceTree.ROOT.resolve("ARCHITECTURE.md")));
    }

    static ArchitectureTable parse(String document) {
        int start = document.indexOf("## Rooms");
        if (start < 0) throw new IllegalArgumentException("ARCHITECTURE.md has no section \"Rooms\"");
        int end = document.indexOf("\n## ", start);
        Map<String, Set<String>> mayUse = new LinkedHashMap<>();
        document.substring(start, end < 0 ? document.length() : end).lines().forEach(line -> {
            Matcher row = ROW.matcher(line.strip());
            if (row.matches()) mayUse.put(row.group(1), names(row.group(2), mayUse));
        });
        return new ArchitectureTable(mayUse);
    }

    /** "all" stands for every room of the rows above. */
    private static Set<String> names(String cell, Map<String, Set<String>> above) {
        if (cell.strip().equals("all")) return new LinkedHashSet<>(above.keySet());
        return NAME.matcher(cell)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    boolean allows(String from, String to) {
        return from.equals(to) || mayUse.getOrDefault(from, Set.of()).contains(to);
    }

    /** Returns one cycle of arrows, for example {@code [a, b, a]}, or nothing. */
    List<String> cycle() {
        for (String room : mayUse.keySet()) {
            List<String> found = cycleFrom(room, List.of(room));
            if (!found.isEmpty()) return found;
        }
        return List.of();
    }

    private List<String> cycleFrom(String room, List<String> path) {
        for (String used : mayUse.getOrDefault(room, Set.of())) {
            List<String> longer = append(path, used);
            if (used.equals(path.getFirst())) return longer;
            if (path.contains(used)) continue;
            List<String> found = cycleFrom(used, longer);
            if (!found.isEmpty()) return found;
        }
        return List.of();
    }

    private static List<String> append(List<String> path, String room) {
        String[] longer = Arrays.copyOf(path.toArray(String[]::new), path.size() + 1);
        longer[path.size()] = room;
        return List.of(longer);
    }
}
