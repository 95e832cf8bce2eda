package io.fovea.training;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The files of a run.
 *
 * @param path the run's folder
 */
public record RunFolder(Path path) {

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

    /** Returns {@code frozen-outputs.f32}: what frozen layers say of the pictures, while a run goes on. */
    public Path frozenOutputs() {
        return path.resolve("frozen-outputs.f32");
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
