package io.fovea.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** {@code events.jsonl}: a line of JSON per event. Any chart can be drawn again from it alone. */
public final class EventLog implements TrainingListener, AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final BufferedWriter writer;

    /**
     * Opens the log to go on after an event; later lines, and a last line cut off in the middle, are dropped.
     *
     * @param lastNumber the last event to keep; 0 for a new log
     */
    public EventLog(Path file, long lastNumber) {
        try {
            List<String> kept = new ArrayList<>();
            if (lastNumber > 0) {
                for (TrainingEvent event : read(file)) if (event.number() <= lastNumber) kept.add(line(event) + "\n");
            }
            AtomicFile.write(file, String.join("", kept).getBytes(StandardCharsets.UTF_8));
            writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    @Override
    public void on(TrainingEvent event) {
        try {
            writer.write(line(event));
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw unwritable(Path.of("events.jsonl"), e);
        }
    }

    /** Reads a log; a last line that was cut off by a crash is left out. */
    public static List<TrainingEvent> read(Path file) {
        List<TrainingEvent> events = new ArrayList<>();
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
            for (int i = 0; i < lines.size(); i++) {
                try {
                    events.add(JSON.readValue(lines.get(i), TrainingEvent.class));
                } catch (JsonProcessingException e) {
                    if (i == lines.size() - 1) break;
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

    /** Returns an event as its line of JSON, without the line's end. */
    public static String line(TrainingEvent event) {
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
