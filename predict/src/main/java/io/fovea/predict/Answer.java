package io.fovea.predict;

import io.fovea.image.Pixels;
import java.util.Map;
import java.util.Optional;

/**
 * What a model says about one picture, for whoever shows it and does not know the task. Immutable; threads may share it.
 */
public sealed interface Answer permits Prediction, Regression, Mask, Reconstructed {

    /** Returns the answer in one line; of ranked classes the first. */
    default String words() {
        return words(1);
    }

    /**
     * Returns the answer in one line.
     *
     * @param top how many classes are named where they are ranked; other answers have no use for it
     */
    String words(int top);

    /**
     * Returns the answer as fields of JSON, in their order: values are texts, numbers, arrays of numbers, and lists, maps and records of
     * these.
     *
     * @param top how many classes are named where they are ranked; other answers have no use for it
     */
    Map<String, Object> json(int top);

    /** Returns the answer as the bytes of a PNG file, without loss; empty where it is no picture. */
    default Optional<byte[]> png() {
        return Optional.empty();
    }

    /**
     * Returns the answer over the picture that it is about; empty where it cannot be drawn so.
     *
     * @param picture that was given, decoded in colour
     * @throws IllegalArgumentException if it has another size
     */
    default Optional<Pixels> overlay(Pixels picture) {
        return Optional.empty();
    }
}
