package io.fovea.search;

/**
 * What a search remembers, passing by: the same calls in the same order store it and bring it back, so that the two cannot differ.
 *
 * <p>{@code spread = tape.number(spread)} keeps the value while storing, and replaces it while restoring.
 */
sealed interface StateTape permits StateWriter, StateReader {

    /** Stores the number and returns it, or returns the stored one. */
    double number(double value);

    /** Stores the whole number and returns it, or returns the stored one. */
    long count(long value);

    /** Stores the numbers, or overwrites them by the stored ones. */
    void numbers(double[] values);

    /** Stores the rows, or overwrites them by the stored ones. */
    default void rows(double[][] rows) {
        for (double[] row : rows) numbers(row);
    }
}
