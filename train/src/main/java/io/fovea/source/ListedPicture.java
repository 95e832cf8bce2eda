package io.fovea.source;

import io.fovea.dataset.Split;

/**
 * A picture that a source has, not read yet.
 *
 * @param source    the source's name and the picture's path or number within it
 * @param className its class; empty in a regression
 * @param part      what the source gives it for; {@link Split#TRAINING} also if the source says nothing
 * @param targets   [T] the numbers that the source states for it, in the source's unit; none in a classification
 * @param place     where the source states them, for messages
 */
public record ListedPicture(String source, String className, Split part, double[] targets, String place) {

    /** With a class. */
    public ListedPicture(String source, String className, Split part) {
        this(source, className, part, new double[0], source);
    }

    /** Returns a picture with targets. */
    public static ListedPicture of(String source, Split part, double[] targets, String place) {
        return new ListedPicture(source, "", part, targets, place);
    }

    /** Returns this picture for another part. */
    ListedPicture in(Split other) {
        return new ListedPicture(source, className, other, targets, place);
    }
}
