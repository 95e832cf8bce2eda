package io.fovea.training;

import io.fovea.optimize.Loss;

/**
 * Sums over the pictures of some steps, and the means that events tell. Immutable.
 *
 * @param pictures how many
 * @param lossSum  loss times pictures
 * @param correct  pictures whose label had the largest logit, as seen in training
 * @param seconds  spent on these steps
 */
public record Tally(long pictures, double lossSum, long correct, double seconds) {

    /** Of no steps at all. */
    public static final Tally EMPTY = new Tally(0, 0, 0, 0);

    /** Returns the sums with one more step. */
    public Tally with(Loss.Result step, int stepPictures, double stepSeconds) {
        return new Tally(
                pictures + stepPictures,
                lossSum + step.mean() * stepPictures,
                correct + step.correct(),
                seconds + stepSeconds);
    }

    /** Returns the mean loss of a picture; not a number for no pictures. */
    public double loss() {
        return lossSum / pictures;
    }

    /** Returns the share of pictures that were right; not a number for no pictures. */
    public double accuracy() {
        return (double) correct / pictures;
    }

    /** Returns pictures per second; 0 if no time was spent. */
    public double imagesPerSecond() {
        return seconds > 0 ? pictures / seconds : 0;
    }
}
