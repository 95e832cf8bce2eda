package io.fovea.tensorflow;

import io.fovea.wire.WireTensor;
import java.util.Objects;
import java.util.Optional;

/**
 * What a request asks.
 *
 * @param form      how the answer is written
 * @param input     the only input of our models
 * @param signature the output that is wanted, by its name; empty for the model's answer
 */
public record PredictRequest(Form form, WireTensor input, Optional<String> signature) {

    /** How pictures stand in a request, and in its answer. */
    public enum Form {
        /** {@code instances}: one after the other. */
        ROW,
        /** {@code inputs}: all in one tensor. */
        COLUMN
    }

    /** Checks that nothing is missing. */
    public PredictRequest {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(signature, "signature");
    }
}
