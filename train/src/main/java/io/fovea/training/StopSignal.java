package io.fovea.training;

import java.util.function.BooleanSupplier;

/** Asks a run to end after the current step and a checkpoint. Threads may share it. */
public final class StopSignal {

    private final BooleanSupplier above;
    private volatile boolean requested;

    /** Nobody has asked yet. */
    public StopSignal() {
        above = () -> false;
    }

    /** Asked for where somebody else says so. */
    public StopSignal(BooleanSupplier above) {
        this.above = above;
    }

    /** A signal for a part of something: it is also requested where {@code whole} is. */
    public StopSignal(StopSignal whole) {
        above = whole::isRequested;
    }

    /** Asks. */
    public void request() {
        requested = true;
    }

    /** Whether somebody asked. */
    public boolean isRequested() {
        return requested || above.getAsBoolean();
    }
}
