package io.fovea.training;

/** Asks a run to end after the current step and a checkpoint. Threads may share it. */
public final class StopSignal {

    private volatile boolean requested;

    /** Asks. */
    public void request() {
        requested = true;
    }

    /** Whether somebody asked. */
    public boolean isRequested() {
        return requested;
    }
}
