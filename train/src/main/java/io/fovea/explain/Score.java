package io.fovea.explain;

/**
 * The number that the places of a picture speak for or against, computed from the values of one layer.
 *
 * <p>Symbols: K outputs, P pixels of a map of outputs.
 */
sealed interface Score permits OutputScore, PixelScore, MarginScore {

    /** Returns the class or target that it belongs to. */
    String name();

    /** Returns what it is, in words. */
    String meaning();

    /** Returns it. */
    double value(float[] result);

    /** Returns its gradient by the result. */
    float[] gradient(float[] result);

    /** Returns what {@link #certainty} is, in words. */
    String certaintyMeaning();

    /** Returns the number that occlusion follows: where there are probabilities, one that does not grow without end. */
    double certainty(float[] result);

    /** Whether a score that falls is evidence too: of values, which are neither for nor against anything. */
    boolean isSigned();
}
