package io.fovea.speed;

import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import io.fovea.record.RecordTree;
import io.fovea.record.RecordYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Speeds that were measured on this machine, in a file that people can read. Never fatal and never trusted further than it holds: a file from other
 * surroundings, or that cannot be read, counts as empty and is replaced; a place that cannot be written leaves nothing remembered.
 */
public final class SpeedRecords {

    private final Optional<Path> file;
    private final Surroundings here;

    private SpeedRecords(Optional<Path> file, Surroundings here) {
        this.file = file;
        this.here = here;
    }

    /** Returns those of a file, which may be missing and is made by the first {@link #keep}. */
    public static SpeedRecords in(Path file, Surroundings here) {
        return new SpeedRecords(Optional.of(file), here);
    }

    /** Returns none, and none are kept: for who has no place for them. */
    public static SpeedRecords none() {
        return new SpeedRecords(Optional.empty(), new Surroundings("", "", ""));
    }

    /**
     * Returns the name of a work: words for people, and a digest of all that its speed depends on beside the surroundings.
     *
     * @param whole of what was computed, such as a network's layers
     */
    public static String work(String words, String whole) {
        CRC32 digest = new CRC32();
        digest.update(whole.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%s (%08x)", words, digest.getValue());
    }

    /**
     * What the file holds.
     *
     * @param surroundings of all of it
     */
    public record Content(Surroundings surroundings, List<Entry> speeds) {

        /** Copies. */
        public Content {
            speeds = List.copyOf(speeds);
        }
    }

    /** A speed and of what. */
    public record Entry(String work, Speed speed) {}

    /**
     * Returns what is remembered of a work, at most once for each way.
     *
     * @param work as {@link #work} names it
     */
    public List<Speed> of(String work) {
        return content().speeds().stream()
                .filter(entry -> entry.work().equals(work))
                .map(Entry::speed)
                .toList();
    }

    /** Returns all that is remembered, in the order in which it was measured. */
    public List<Entry> all() {
        return content().speeds();
    }

    /**
     * Remembers, in place of what was remembered of the same work and way.
     *
     * @return why nothing could be remembered; mostly empty
     */
    public Optional<String> keep(String work, List<Speed> measured) {
        if (measured.isEmpty() || file.isEmpty()) return Optional.empty();
        List<Entry> entries = new ArrayList<>(content().speeds());
        for (Speed speed : measured) {
            entries.removeIf(
                    entry -> entry.work().equals(work) && entry.speed().way().equals(speed.way()));
            entries.add(new Entry(work, speed));
        }
        try {
            String text = RecordYaml.text(RecordTree.write(new Content(here, entries)));
            AtomicFile.write(file.get(), text.getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (Problem unwritable) {
            return Optional.of("What was measured is not remembered for the next run: " + unwritable.what());
        }
    }

    private Content content() {
        Content empty = new Content(here, List.of());
        try {
            if (file.isEmpty() || !Files.exists(file.get())) return empty;
            String text = Files.readString(file.get());
            RecordYaml.Read read = RecordYaml.read(text, file.get().toString(), "file of speeds");
            Content content = RecordTree.read(read.tree(), empty, read.place());
            return content.surroundings().equals(here) ? content : empty;
        } catch (IOException | RuntimeException damaged) { // measured anew
            return empty;
        }
    }
}
