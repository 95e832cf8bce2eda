package io.fovea.training;

import java.util.OptionalDouble;

/**
 * Sums over the pictures of some steps, and the means that events tell. Immutable.
 *
 * @param pictures how many
 * @param lossSum  loss times pictures
 * @param correct  pictures whose label had the largest logit, as seen in training
 * @param errorSum mean error of a picture's targets in their own units, summed
 * @param seconds  spent on these steps
 */
public record Tally(long pictures, double lossSum, long correct, double errorSum, double seconds) {

    /** Of no steps at all. */
    public static final Tally EMPTY = new Tally(0, 0, 0, 0, 0);

    /** Returns the sums with another tally's. */
    public Tally with(Tally other) {
        return new Tally(
                pictures + other.pictures,
                lossSum + other.lossSum,
                correct + other.correct,
                errorSum + other.errorSum,
                seconds + other.seconds);
    }

    /** Returns these sums with the time that they took. */
    public Tally took(double moreSeconds) {
        return new Tally(pictures, lossSum, correct, errorSum, seconds + moreSeconds);
    }

    /** Returns the mean loss of a picture; not a number for no pictures. */
    public double loss() {
        return lossSum / pictures;
    }

    /** Returns the share of pictures that were right; empty in a regression. */
    OptionalDouble accuracy(Goal goal) {
        return goal.isRegression() ? OptionalDouble.empty() : OptionalDouble.of((double) correct / pictures);
    }

    /** Returns the mean error; empty in a classification. */
    OptionalDouble error(Goal goal) {
        return goal.isRegression() ? OptionalDouble.of(errorSum / pictures) : OptionalDouble.empty();
    }

    /** Returns pictures per second; 0 if no time was spent. */
    public double imagesPerSecond() {
        return seconds > 0 ? pictures / seconds : 0;
    }
}
