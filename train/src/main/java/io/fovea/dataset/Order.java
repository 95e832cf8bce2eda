package io.fovea.dataset;

/** In which order an epoch visits the pictures. */
public enum Order {
    /** Another random order in each epoch, given by the seed and the epoch's number. */
    SHUFFLED,
    /** As the dataset holds them, the same in each epoch; for evaluation. */
    SEQUENTIAL
}
