package io.fovea.training;

import io.fovea.module.Engine;
import io.fovea.tensor.Precision;
import java.util.Objects;

/**
 * What computes.
 *
 * @param engine    vector kernels or libtorch
 * @param precision number format of the products
 * @param threads   how many threads compute; part of what makes a run repeatable
 */
public record ComputationSettings(Engine engine, Precision precision, int threads) {

    /** Checks ranges. */
    public ComputationSettings {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(precision, "precision");
        if (threads < 1) throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
}
