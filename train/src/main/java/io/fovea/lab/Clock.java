package io.fovea.lab;

import io.fovea.result.DataJson;

/** The time since something began. */
final class Clock {

    private final long began = System.nanoTime();

    /** Returns seconds to the millisecond. */
    double seconds() {
        return DataJson.seconds((System.nanoTime() - began) / 1e9);
    }
}
