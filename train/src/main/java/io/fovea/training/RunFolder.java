package io.fovea.training;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The files of a run.
 *
 * @param path the run's folder
 */
public record RunFolder(Path path) {

    private static final String CHECKPOINT = ".safetensors";

    /** Returns {@code settings.yaml}: everything needed to make the run again. */
    public Path settings() {
        return path.resolve("settings.yaml");
    }

    /** Returns {@code network.yaml}. */
    public Path network() {
        return path.resolve("network.yaml");
    }

    /** Returns {@code computation.yaml}: the engine and the number format that compute the run, whatever "automatic" might choose elsewhere. */
    public Path computation() {
        return path.resolve("computation.yaml");
    }

    /** Returns {@code events.jsonl}: what happened, a line per event. */
    public Path events() {
        return path.resolve("events.jsonl");
    }

    /** Returns {@code results.csv}: a row per epoch. */
    public Path results() {
        return path.resolve("results.csv");
    }

    /** Returns {@code tensorboard}: event files, if the run was asked for them. */
    public Path tensorBoard() {
        return path.resolve("tensorboard");
    }

    /** Returns {@code checkpoints/last.safetensors}: where the run can go on. */
    public Path lastCheckpoint() {
        return path.resolve("checkpoints").resolve("last.safetensors");
    }

    /** Returns {@code checkpoints/best.safetensors}: the best epoch by validation loss. */
    public Path bestCheckpoint() {
        return path.resolve("checkpoints").resolve("best.safetensors");
    }

    /** Returns the words for the checkpoints that there are, such as {@code best}, {@code epoch-003} and {@code last}, in the order of their names. */
    public List<String> checkpoints() {
        Path folder = lastCheckpoint().getParent();
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(CHECKPOINT))
                    .map(name -> name.substring(0, name.length() - CHECKPOINT.length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Returns the file of a checkpoint that is there.
     *
     * @param word one of {@link #checkpoints}
     * @throws Problem if there is none of that word
     */
    public Path checkpoint(String word) {
        List<String> words = checkpoints();
        if (words.contains(word)) return lastCheckpoint().resolveSibling(word + CHECKPOINT);
        throw new Problem(
                "The run has no checkpoint \"" + word + "\".",
                lastCheckpoint().getParent().toString(),
                words.isEmpty()
                        ? "wait for its first, or name a run that trains in epochs"
                        : Nearest.suggestion(word, words) + "; snapshots of epochs are kept with --snapshots");
    }

    /** Returns {@code frozen-outputs.f32}: what frozen layers say of the pictures, while a run goes on. */
    public Path frozenOutputs() {
        return path.resolve("frozen-outputs.f32");
    }

    /**
     * Whether a run goes on from a file of the folder. The others are only kept, or belong to the process that works on it: one is its lock, which it would
     * give up by reading it.
     */
    public boolean isGoneOnFrom(Path file) {
        List<Path> files =
                List.of(settings(), network(), computation(), events(), results(), lastCheckpoint(), bestCheckpoint());
        return files.contains(file) || file.startsWith(tensorBoard());
    }

    /**
     * Returns where a snapshot lies: {@code checkpoints/epoch-003.safetensors} after three epochs, {@code epoch-002.50.safetensors} after two
     * and a half.
     */
    public Path snapshot(double epochs) {
        long hundredths = Math.round(100 * epochs);
        String part = hundredths % 100 == 0 ? "" : String.format(Locale.ROOT, ".%02d", hundredths % 100);
        return path.resolve("checkpoints")
                .resolve(String.format(Locale.ROOT, "epoch-%03d%s.safetensors", hundredths / 100, part));
    }
}
