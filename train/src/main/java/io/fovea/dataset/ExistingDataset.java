package io.fovea.dataset;

/** What an import does where a dataset of the same name exists. */
public enum ExistingDataset {
    /** Leave it and report a problem. */
    KEEP,
    /** Put the new one in its place once that is complete. */
    REPLACE
}
