package io.fovea.module;

/** What a forward pass is for. */
public enum Mode {
    /** A step follows: dropout drops, batch norm uses the batch, and the backward pass is prepared. */
    TRAINING,
    /** Nothing is remembered. */
    PREDICTION
}
