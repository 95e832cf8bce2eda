package io.fovea.tensorflow;

import io.fovea.wire.WireTensor;
import java.util.List;
import java.util.Objects;

/**
 * What a request asks.
 *
 * @param form    how the answer is written
 * @param input   the only input of our models
 * @param outputs that are wanted, by their names; none for the model's answer
 */
public record PredictRequest(Form form, WireTensor input, List<String> outputs) {

    private static final String USUAL_SIGNATURE = "serving_default";

    /** How pictures stand in a request, and in its answer. */
    public enum Form {
        /** {@code instances}: one after the other. */
        ROW,
        /** {@code inputs}: all in one tensor. */
        COLUMN
    }

    /** Checks and copies. */
    public PredictRequest {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(input, "input");
        outputs = List.copyOf(outputs);
    }

    /** Returns the outputs that a signature's name means: each output has one of its name, and the usual one is the answer's. */
    static List<String> signature(String name) {
        return name.isEmpty() || name.equals(USUAL_SIGNATURE) ? List.of() : List.of(name);
    }
}
