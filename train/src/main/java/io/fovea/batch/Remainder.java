package io.fovea.batch;

/** What becomes of the pictures left over when the batch size does not divide their number. */
public enum Remainder {
    /** They form a last, smaller batch. */
    KEEP,
    /** They form a last, smaller batch, but a single picture joins the batch before it: batch norm learns nothing from one. */
    JOIN_SINGLE,
    /** They sit out this epoch, so that all batches are of one size. */
    DROP
}
