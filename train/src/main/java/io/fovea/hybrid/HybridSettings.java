package io.fovea.hybrid;

import java.util.OptionalLong;

/**
 * How a hybrid is made.
 *
 * @param kernels     where the kernels come from
 * @param evolution   how they are changed
 * @param form        of the engine; with {@code engineBytes} only its k is taken, the rest is chosen
 * @param engineBytes the most that the engine may take, references included; empty: as large as the form makes it
 * @param shrinkage   added to variances before they are inverted, as a share of their mean
 * @param seed        of every random choice
 */
public record HybridSettings(
        KernelSource kernels,
        EvolutionSettings evolution,
        EngineForm form,
        OptionalLong engineBytes,
        double shrinkage,
        long seed) {

    /** Filters of the first layer. */
    public static final int FIRST_FILTERS = 32;

    /** Filters of the second layer. */
    public static final int SECOND_FILTERS = 64;

    /** Checks the ranges. */
    public HybridSettings {
        if (!(shrinkage > 0)) throw new IllegalArgumentException("shrinkage must be above 0: " + shrinkage);
        if (engineBytes.isPresent() && engineBytes.getAsLong() < 1)
            throw new IllegalArgumentException("engineBytes must be at least 1: " + engineBytes.getAsLong());
    }

    /** Returns the usual settings: what measured best on held-out training pictures (docs/experiments.md). */
    public static HybridSettings usual(long seed) {
        return new HybridSettings(
                new KernelSource.Clustered(),
                EvolutionSettings.usual(),
                new EngineForm(8, 8, 5, 48, new ReferenceChoice.All(), 9),
                OptionalLong.empty(),
                0.03,
                seed);
    }

    /** Returns these settings for an engine of limited size: of its few refined prototypes the nearest decides (docs/experiments.md). */
    public HybridSettings within(long bytes) {
        return new HybridSettings(
                kernels, evolution, form.with(form.references(), 1), OptionalLong.of(bytes), shrinkage, seed);
    }
}
