package io.fovea.hybrid;

import io.fovea.search.Searches;
import java.time.Duration;
import java.util.Optional;

/**
 * How kernels are evolved.
 *
 * @param search      an algorithm of {@link io.fovea.search.Searches}
 * @param mode        what is searched at the same time
 * @param generations in all; 0 evolves nothing. {@link EvolutionMode#SERIAL_FILTER}: per filter
 * @param pictures    that candidates of a generation are judged on
 * @param refit       generations between two fits of the head
 * @param time        how long it may take; the generations then follow from the speed of the first few. Empty: as many as {@code generations} says
 * @param stepSize    how far the first candidates lie from the start, in root mean squares of the layer's weights
 */
public record EvolutionSettings(
        String search,
        EvolutionMode mode,
        int generations,
        int pictures,
        int refit,
        double stepSize,
        Optional<Duration> time) {

    /** Checks the ranges. */
    public EvolutionSettings {
        Searches.entry(search);
        if (generations < 0) throw new IllegalArgumentException("generations must not be negative: " + generations);
        if (pictures < 1) throw new IllegalArgumentException("pictures must be at least 1: " + pictures);
        if (refit < 1) throw new IllegalArgumentException("refit must be at least 1: " + refit);
        if (!(stepSize > 0)) throw new IllegalArgumentException("stepSize must be above 0: " + stepSize);
    }

    /** Returns the usual settings: what measured best in docs/experiments.md. */
    public static EvolutionSettings usual() {
        return new EvolutionSettings("es-adam", EvolutionMode.PARALLEL, 300, 256, 60, 0.24, Optional.empty());
    }

    /** Returns these settings with another algorithm and mode. */
    public EvolutionSettings with(String search, EvolutionMode mode) {
        return new EvolutionSettings(search, mode, generations, pictures, refit, stepSize, time);
    }

    /** Returns these settings with that many generations. */
    public EvolutionSettings withGenerations(int count) {
        return new EvolutionSettings(search, mode, count, pictures, refit, stepSize, Optional.empty());
    }

    /** Returns these settings with as many generations as fit into that time. */
    public EvolutionSettings within(Duration limit) {
        return new EvolutionSettings(search, mode, 1, pictures, refit, stepSize, Optional.of(limit));
    }

    /** Returns these settings with another first step. */
    public EvolutionSettings withStepSize(double step) {
        return new EvolutionSettings(search, mode, generations, pictures, refit, step, time);
    }

    /**
     * Whether the algorithm follows its mean with a gradient. It then takes other pictures in every generation, and its means take effect at once; others compare
     * candidates of different generations, so the pictures and the other filters stay as they are while it searches.
     */
    boolean followsGradient() {
        return switch (search) {
            case "es-adam", "openai-es", "pgpe" -> true;
            default -> false;
        };
    }
}
