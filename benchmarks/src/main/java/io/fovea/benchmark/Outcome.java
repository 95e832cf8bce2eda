package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What running a side once came to. */
public sealed interface Outcome {

    /** It ran; {@code figures} is its JSON, {@code memory} what it held. */
    record Measured(ObjectNode figures, ResidentMemory memory) implements Outcome {}

    /** It did not; {@code reason} is the end of what it said. */
    record Failed(String reason) implements Outcome {}
}
