package io.fovea.bundle;

import java.util.Objects;

/**
 * How a model tells pictures that are unlike anything it learned from; the numbers it compares with are the entry
 * {@value Bundle#FAMILIARITY}.
 *
 * @param output       the output whose distance to the training pictures is measured: {@code features} or {@code codes}
 * @param threshold    the largest distance of a familiar picture
 * @param falseAlarms  the share of held-out pictures beyond the threshold when it was chosen
 * @param heldOut      how many pictures chose the threshold
 */
public record Familiarity(String output, double threshold, double falseAlarms, long heldOut) {

    /** Checks the ranges. */
    public Familiarity {
        Objects.requireNonNull(output, "output");
        if (!(threshold >= 0)) throw new IllegalArgumentException("threshold must not be negative: " + threshold);
        if (!(falseAlarms >= 0 && falseAlarms <= 1))
            throw new IllegalArgumentException("falseAlarms must be a share from 0 to 1: " + falseAlarms);
        if (heldOut < 0) throw new IllegalArgumentException("heldOut must not be negative: " + heldOut);
    }
}
