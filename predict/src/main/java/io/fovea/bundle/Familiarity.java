package io.fovea.bundle;

import java.util.Objects;

/**
 * How a model tells pictures that are unlike anything it learned from: their distance to the training pictures is an output of the network, and
 * beyond the threshold they are unfamiliar.
 *
 * @param output      the output with the square of the distance, {@code unfamiliarity} [N, 1]
 * @param threshold   the largest distance of a familiar picture
 * @param share       the share of familiar pictures that the threshold was to give up, for example 0.05
 * @param heldOut     how many pictures chose the threshold; the distance was learned from others
 * @param choice      which pictures these were
 * @param falseAlarms the share of pictures of the judged part that are taken for unfamiliar, as it was counted
 */
public record Familiarity(
        String output, double threshold, double share, long heldOut, Choice choice, Measurement falseAlarms) {

    /** Which pictures chose the threshold. */
    public enum Choice {
        /** Validation pictures. */
        VALIDATION,
        /** Training pictures in parts, each measured by what the others taught. The network itself has seen them. */
        TRAINING
    }

    /** Checks the ranges. */
    public Familiarity {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(falseAlarms, "falseAlarms");
        if (!(threshold >= 0)) throw new IllegalArgumentException("threshold must not be negative: " + threshold);
        if (!(share >= 0 && share <= 1)) throw new IllegalArgumentException("share must be from 0 to 1: " + share);
        if (heldOut < 0) throw new IllegalArgumentException("heldOut must not be negative: " + heldOut);
    }
}
