package io.fovea.traffic;

import java.util.Objects;
import java.util.Optional;

/**
 * Whom a request asks.
 *
 * @param model   the name
 * @param version that is wanted; empty for whichever answers
 * @param key     of whoever asks: the same key meets the same version as long as the split is the same
 */
public record Asked(String model, Optional<Long> version, Optional<String> key) {

    /** Checks that nothing is missing. */
    public Asked {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(key, "key");
    }
}
