package io.fovea.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.fovea.problem.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** {@code events.jsonl}: a line of JSON per event. Any chart can be drawn again from it alone. */
public final class EventLog implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final BufferedWriter writer;
    private long lastNumber;

    /**
     * Opens the log, in a folder that need not be there, to go on after its last event. Nothing that was told is taken back; only a line that a crash cut off in the middle, which
     * no reader has seen, is removed.
     */
    public EventLog(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            lastNumber = read(file).stream().mapToLong(Event::number).max().orElse(0);
            cutOffIncompleteLine(file);
            writer = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** A line counts once its end is written. */
    private static void cutOffIncompleteLine(Path file) throws IOException {
        if (!Files.exists(file)) return;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.truncate(completeBytes(Files.readAllBytes(file)));
        }
    }

    private static int completeBytes(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') end--;
        return end;
    }

    /** Returns the number for the next event: one more than the last that was given, or that the log held when it was opened. */
    public long nextNumber() {
        return ++lastNumber;
    }

    /** Writes an event, whose number is {@link #nextNumber}'s. */
    public void on(Event event) {
        try {
            writer.write(line(event));
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw unwritable(Path.of("events.jsonl"), e);
        }
    }

    /** Reads a log; a last line without its end, which is being written or was cut off by a crash, is left out. */
    public static List<Event> read(Path file) {
        if (!Files.exists(file)) return List.of();
        List<Event> events = new ArrayList<>();
        try {
            byte[] content = Files.readAllBytes(file);
            String complete = new String(content, 0, completeBytes(content), StandardCharsets.UTF_8);
            List<String> lines = complete.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                try {
                    events.add(event(lines.get(i)));
                } catch (JsonProcessingException e) {
                    throw new Problem(
                            "A line of the event log is no event: " + e.getOriginalMessage(),
                            file + ", line " + (i + 1),
                            "remove the line; the run's weights are not touched by it",
                            e);
                }
            }
        } catch (IOException e) {
            throw new Problem(
                    "The event log cannot be read: " + e.getMessage(),
                    file.toString(),
                    "check the folder and its permissions",
                    e);
        }
        return events;
    }

    /**
     * Returns the event that a line of JSON tells, for readers who follow a log while it grows.
     *
     * @throws JsonProcessingException if it tells none
     */
    public static Event event(String line) throws JsonProcessingException {
        Event event = JSON.treeToValue(OlderEvents.completed(JSON.readTree(line)), Event.class);
        if (event == null) throw MismatchedInputException.from(null, Event.class, "it is null");
        return event;
    }

    /**
     * Returns the event that a line of another log tells, under a number of this one.
     *
     * @throws JsonProcessingException if it tells none
     */
    public static Event event(String line, long number) throws JsonProcessingException {
        ObjectNode tree = (ObjectNode) JSON.readTree(line);
        return event(tree.put("number", number).toString());
    }

    /** Whether a line, whole as {@link #line} wrote it, tells of a step; told by its ends alone. */
    public static boolean isStep(String line) {
        return line.startsWith("{\"event\":\"stepFinished\"") && line.endsWith("}");
    }

    /** Reads the events of one family, likewise. */
    public static <E extends Event> List<E> read(Path file, Class<E> family) {
        return read(file).stream().filter(family::isInstance).map(family::cast).toList();
    }

    /** Returns an event as its line of JSON, without the line's end. */
    public static String line(Event event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem unwritable(Path file, IOException e) {
        return new Problem(
                "The event log cannot be written: " + e.getMessage(),
                file.toString(),
                "check the folder's permissions and the free space, then resume the run",
                e);
    }
}
