package io.fovea.kserve;

import java.util.Objects;
import java.util.Optional;

/**
 * An output that a request names.
 *
 * @param name           of the output
 * @param binary         whether it comes as bytes behind the JSON; empty as the request says for all
 * @param classification how many classes are named instead of numbers; 0 for numbers
 */
public record RequestedOutput(String name, Optional<Boolean> binary, int classification) {

    /** Checks that nothing is missing. */
    public RequestedOutput {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(binary, "binary");
    }
}
