package io.fovea.batch;

/** Whether batches hold their pictures twice: as they are varied, and as they were before tones, noise and erasing. */
public enum CleanPictures {
    /** Only as they are varied. */
    LEFT_OUT,
    /** Twice: what a reconstruction is given, and what it is to answer. */
    KEPT
}
