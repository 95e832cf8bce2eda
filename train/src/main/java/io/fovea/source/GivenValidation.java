package io.fovea.source;

/** What becomes of the part for validation that sources bring, such as a folder {@code val}. */
public enum GivenValidation {
    /** It stays that: settings and the best epoch are chosen on it. */
    AS_VALIDATION,
    /**
     * It is the test, on which nothing is chosen, and validation is split off the training pictures. Right for sets that have only
     * {@code train} and {@code val} and whose published results are those on {@code val}.
     */
    AS_TEST
}
