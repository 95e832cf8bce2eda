package io.fovea.kserve;

import io.fovea.wire.WireTensor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a request for inference asks.
 *
 * @param id      that the answer repeats
 * @param input   the only input of our models
 * @param outputs that are wanted; empty for the usual ones
 * @param binary  whether outputs come as bytes unless they say otherwise
 * @param timeout how long it may wait, as the parameter {@code timeout} says in microseconds
 */
public record InferRequest(
        Optional<String> id,
        WireTensor input,
        List<RequestedOutput> outputs,
        boolean binary,
        Optional<Duration> timeout) {

    /** Checks and copies. */
    public InferRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(timeout, "timeout");
        outputs = List.copyOf(outputs);
    }

    /** Returns what is wanted of an output. */
    RequestedOutput wanted(String name) {
        return outputs.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseGet(() -> new RequestedOutput(name, Optional.empty(), 0));
    }
}
