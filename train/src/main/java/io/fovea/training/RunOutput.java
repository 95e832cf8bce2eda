package io.fovea.training;

/** What a run can write beside its log, table and checkpoints; it changes nothing in the run itself. */
public enum RunOutput {
    /** Event files in {@code tensorboard}: curves, distributions of weights and gradients, pictures, the graph, settings, projector. */
    TENSORBOARD,
    /** The weights of every checkpoint once more as npz, for NumPy. */
    NPZ
}
