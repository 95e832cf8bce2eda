package io.fovea.sampling;

import io.fovea.predict.Prediction;
import io.fovea.predict.RankedClass;
import io.fovea.predict.Unfamiliarity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table beside kept pictures: {@code path,label,…} (RFC 4180), a line for each, with the most probable class as its label until somebody
 * writes a better one. For one thread.
 */
final class UnsureTable {

    static final String NAME = "unsure.csv";

    private static final List<String> COLUMNS =
            List.of("path", "label", "probability", "second", "second_probability", "familiar", "version", "answered");

    private final Path file;
    private final Set<String> known = new HashSet<>();

    /** Opens the table of a folder, without the line that a killed process did not end. */
    UnsureTable(Path folder) throws IOException {
        this.file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            append(String.join(",", COLUMNS));
            return;
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (whole.length() < text.length())
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
            }
        if (whole.isEmpty()) append(String.join(",", COLUMNS));
        whole.lines().skip(1).forEach(line -> known.add(stem(line)));
    }

    /** The name of a picture is told by its content, so a picture is known whatever folder it lies in. */
    private static String stem(String line) {
        String path = line.startsWith("\"") ? line.substring(1, Math.max(1, line.indexOf('"', 1))) : line;
        String name = path.split(",", 2)[0];
        name = name.substring(name.lastIndexOf('/') + 1);
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    boolean knows(String stem) {
        return known.contains(stem);
    }

    void add(String stem, String path, Prediction prediction, long version) throws IOException {
        List<RankedClass> top = prediction.top(2);
        RankedClass best = top.getFirst();
        boolean hasSecond = top.size() > 1;
        append(Stream.of(
                        path,
                        best.name(),
                        Float.toString(best.probability()),
                        hasSecond ? top.get(1).name() : "",
                        hasSecond ? Float.toString(top.get(1).probability()) : "",
                        prediction
                                .unfamiliarity()
                                .map(Unfamiliarity::familiar)
                                .map(String::valueOf)
                                .orElse(""),
                        Long.toString(version),
                        Instant.now().toString())
                .map(UnsureTable::quoted)
                .collect(Collectors.joining(",")));
        known.add(stem);
    }

    private static String quoted(String field) {
        boolean isPlain = field.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter < ' ');
        return isPlain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    private void append(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(false);
        }
    }
}
