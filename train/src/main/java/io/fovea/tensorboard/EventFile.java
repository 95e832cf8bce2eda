package io.fovea.tensorboard;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A file of events that grows while a run goes on: {@code events.out.tfevents.SECONDS.fovea}.
 *
 * <p>Every event is handed to the system at once and whole: a TensorBoard that looks on sees it at its next reload, and a killed process
 * leaves no half record. A run that is continued gets a further file in the same folder, named so that it sorts behind the earlier ones.
 *
 * <p>For one thread at a time. Source: the folders compat/proto and backend/event_processing of tensorflow/tensorboard.
 */
public final class EventFile implements AutoCloseable {

    private static final String PREFIX = "events.out.tfevents.";
    private static final String SUFFIX = ".fovea";

    private final Path file;
    private final RecordFile records;

    private EventFile(Path file, RecordFile records) {
        this.file = file;
        this.records = records;
    }

    /**
     * Makes a new file in {@code folder}, which is made too if it is missing.
     *
     * @param firstStep the first step that this file may hold: points from here on in earlier files of the folder count no longer,
     *     since a run that was killed and goes on from a checkpoint makes these steps again
     * @param now       the time of the first event, and part of the name
     * @throws Problem if the folder cannot be written
     */
    public static EventFile open(Path folder, long firstStep, Instant now) {
        try {
            Files.createDirectories(folder);
            long latest = latest(folder);
            Path file = folder.resolve(String.format(
                    Locale.ROOT, "%s%010d%s", PREFIX, Math.max(now.getEpochSecond(), latest + 1), SUFFIX));
            EventFile events = new EventFile(file, new RecordFile(file));
            events.write(EventEncoding.version(now));
            if (latest >= 0) events.write(EventEncoding.restart(firstStep, now));
            return events;
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** Returns where the events go. */
    public Path path() {
        return file;
    }

    /**
     * Writes values that belong to one step, as one record; a histogram of nothing is left out.
     *
     * @param step 0 or more; a tag's steps must rise
     * @throws Problem if the disk is full or the folder gone
     */
    public void write(long step, Instant at, List<? extends Value> values) {
        List<Value> shown = values.stream()
                .<Value>map(value -> value)
                .filter(EventFile::isShown)
                .toList();
        if (!shown.isEmpty()) write(EventEncoding.values(step, at, shown));
    }

    /**
     * Writes the run's graph; of several the last counts.
     *
     * @throws Problem if the disk is full or the folder gone
     */
    public void write(Graph graph, Instant at) {
        write(EventEncoding.graph(graph, at));
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static boolean isShown(Value value) {
        return !(value instanceof Value.Distribution distribution)
                || distribution.histogram().count() > 0;
    }

    private void write(byte[] event) {
        try {
            records.write(event);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Returns the largest number in the names of the folder's event files; −1 if there are none. */
    private static long latest(Path folder) throws IOException {
        long latest = -1;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : files) {
                String number =
                        file.getFileName().toString().substring(PREFIX.length()).split("\\.", 2)[0];
                if (number.matches("\\d{1,18}")) latest = Math.max(latest, Long.parseLong(number));
            }
        }
        return latest;
    }

    private static Problem unwritable(Path path, IOException e) {
        return new Problem(
                "The events for TensorBoard cannot be written: " + e.getMessage(),
                path.toString(),
                "check the folder's permissions and the free space, then resume the run",
                e);
    }
}
