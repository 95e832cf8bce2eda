package io.fovea.result;

import io.fovea.event.Event;
import io.fovea.event.JobEvent;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** {@code log.txt}: what happened in a job in lines for people, each with its time. */
public final class JobLog implements AutoCloseable {

    private final Writer writer;
    private final EventWords words = new EventWords();

    /**
     * Opens the file, to write on at its end.
     *
     * @throws Problem if it cannot be written
     */
    public JobLog(Path file) {
        try {
            writer = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new Problem(
                    "The job's log cannot be written: " + failure.getMessage() + ".",
                    file.toString(),
                    "check the permissions and the free space of the workspace",
                    failure);
        }
    }

    /** Writes an event's lines. */
    public void on(Event event) {
        for (String line : words.lines(event)) write(event.at(), line);
        switch (event) {
            case JobEvent.JobBegan began -> write(event.at(), "Fovea " + began.fovea() + ": " + began.kind());
            case JobEvent.JobEnded ended -> {
                write(event.at(), DataJson.word(ended.ending()));
                ended.problem()
                        .ifPresent(reason -> write(
                                event.at(), reason.what() + " where: " + reason.where() + " do: " + reason.remedy()));
            }
            default -> {}
        }
    }

    private void write(Instant at, String line) {
        try {
            writer.write(at.truncatedTo(ChronoUnit.SECONDS) + "  " + line + "\n");
            writer.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
