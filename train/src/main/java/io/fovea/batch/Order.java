package io.fovea.batch;

/** In which order an epoch visits the pictures. */
public enum Order {
    /** Another random order in each epoch, given by the seed and the epoch's number. */
    SHUFFLED,
    /**
     * Another random order in each epoch in which every class comes equally often: pictures of small classes are repeated, of large ones
     * a random part sits out. An epoch has as many pictures as ever.
     */
    BALANCED,
    /** As the dataset holds them, the same in each epoch; for evaluation. */
    SEQUENTIAL
}
