package io.fovea.sampling;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Which pictures are kept.
 *
 * @param folder   where; each model has a folder in it
 * @param below    an answer is unsure whose most probable class has a probability below this
 * @param pictures how many may lie there, of all models together
 * @param bytes    how much they may take
 */
public record SamplingSettings(Path folder, double below, long pictures, long bytes) {

    /** Below which probability an answer is unsure unless something else is said. */
    public static final double USUAL_BELOW = 0.6;

    /** How many pictures are kept unless something else is said. */
    public static final long USUAL_PICTURES = 1_000;

    /** How many bytes they may take for each picture that may be kept: a large photo's. */
    private static final long BYTES_PER_PICTURE = 2_000_000;

    /** Checks. */
    public SamplingSettings {
        Objects.requireNonNull(folder, "folder");
        if (!(below > 0 && below <= 1))
            throw new IllegalArgumentException("--unsure-below must be above 0 and at most 1, not " + below);
        if (pictures < 1) throw new IllegalArgumentException("--unsure-limit must be at least 1, not " + pictures);
        if (bytes < 1) throw new IllegalArgumentException("bytes must be at least 1: " + bytes);
    }

    /** With 2 MB for each picture on average. */
    public SamplingSettings(Path folder, double below, long pictures) {
        this(folder, below, pictures, Math.multiplyExact(Math.min(pictures, 1L << 40), BYTES_PER_PICTURE));
    }
}
