package io.fovea.importer;

/** Which of the training pictures become validation and test. */
public enum SplitOrder {
    /** Any, drawn with the seed. */
    RANDOM,
    /**
     * The last by name, in one piece: neighbouring frames of a film look alike, and drawn at random nearly every one for validation would have its like
     * among those that were learned. The test is the very last.
     */
    BLOCK
}
