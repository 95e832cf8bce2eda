package io.fovea.dataset;

/** The part that an example plays. */
public enum Split {
    /** Weights are fitted to these. */
    TRAINING,
    /** Settings and the best epoch are chosen on these. */
    VALIDATION,
    /** Nothing is chosen on these; the reported accuracy comes from here. */
    TEST
}
