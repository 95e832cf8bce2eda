package io.fovea.dataset;

import io.fovea.problem.Problem;
import java.util.Locale;

/**
 * How training pictures are varied at random, each picture anew in each epoch.
 *
 * <p>Everything that moves pixels (flip, crop, shift, rotation, scale) is combined into one bilinear resampling about the
 * picture's centre, so a picture is softened once at most. What comes in from outside repeats the nearest edge pixel.
 * After that, in this order: contrast, brightness, invert, noise.
 *
 * <pre>{@code Augmentation.NONE.withHorizontalFlip(0.5).withShift(0.1).withRotation(10)}</pre>
 *
 * @param horizontalFlip probability that left and right are exchanged, 0 to 1
 * @param verticalFlip   probability that top and bottom are exchanged, 0 to 1
 * @param shift          furthest move as a fraction of width and height, 0 to 1; drawn evenly from −shift … shift for each axis
 * @param rotation       largest turn in degrees, 0 to 180; drawn evenly from −rotation … rotation
 * @param smallestScale  smallest magnification, 0.1 to 10; drawn evenly from smallestScale … largestScale, 1 changes nothing
 * @param largestScale   largest magnification, {@code smallestScale} to 10
 * @param cropPadding    pixels added on each side before a window of the original size is cut out at a random place, 0 to 1024
 * @param brightness     largest change in brightness as a fraction of full range, 0 to 1; drawn evenly from −brightness … brightness
 * @param contrast       largest change of the distance from the picture's mean, 0 to 1; the factor is drawn evenly from
 *                       1 − contrast … 1 + contrast
 * @param invert         probability that the picture becomes its negative, 0 to 1
 * @param noise          standard deviation of Gaussian noise added to each value, as a fraction of full range, 0 to 1
 */
public record Augmentation(
        double horizontalFlip,
        double verticalFlip,
        double shift,
        double rotation,
        double smallestScale,
        double largestScale,
        int cropPadding,
        double brightness,
        double contrast,
        double invert,
        double noise) {

    /** Leaves pictures as they are, at no cost. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0);

    /**
     * Checks the bounds.
     *
     * @throws Problem naming the setting that is out of range
     */
    public Augmentation {
        check("horizontalFlip", horizontalFlip, 0, 1);
        check("verticalFlip", verticalFlip, 0, 1);
        check("shift", shift, 0, 1);
        check("rotation", rotation, 0, 180);
        check("smallestScale", smallestScale, 0.1, 10);
        check("largestScale", largestScale, smallestScale, 10);
        check("cropPadding", cropPadding, 0, 1024);
        check("brightness", brightness, 0, 1);
        check("contrast", contrast, 0, 1);
        check("invert", invert, 0, 1);
        check("noise", noise, 0, 1);
    }

    private static void check(String name, double value, double least, double most) {
        if (value >= least && value <= most) return;
        String range = String.format(Locale.ROOT, "%s to %s", number(least), number(most));
        throw new Problem(
                "Augmentation \"" + name + "\" must be " + range + ", not " + number(value) + ".",
                "augmentation, " + name,
                "choose a value from " + range);
    }

    /** Returns whole numbers without a fraction. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** Returns whether any setting moves pixels. */
    public boolean changesGeometry() {
        return horizontalFlip > 0
                || verticalFlip > 0
                || shift > 0
                || rotation > 0
                || smallestScale != 1
                || largestScale != 1
                || cropPadding > 0;
    }

    /** Returns whether any setting changes the values of pixels. */
    public boolean changesValues() {
        return brightness > 0 || contrast > 0 || invert > 0 || noise > 0;
    }

    /** Returns these settings with another probability of a horizontal flip. */
    public Augmentation withHorizontalFlip(double probability) {
        return new Augmentation(
                probability,
                verticalFlip,
                shift,
                rotation,
                smallestScale,
                largestScale,
                cropPadding,
                brightness,
                contrast,
                invert,
                noise);
    }

    /** Returns these settings with another probability of a vertical flip. */
    public Augmentation withVerticalFlip(double probability) {
        return new Augmentation(
                horizontalFlip,
                probability,
                shift,
                rotation,
                smallestScale,
                largestScale,
                cropPadding,
                brightness,
                contrast,
                invert,
                noise);
    }

    /** Returns these settings with another furthest move. */
    public Augmentation withShift(double fraction) {
        return new Augmentation(
                horizontalFlip,
                verticalFlip,
                fraction,
                rotation,
                smallestScale,
                largestScale,
                cropPadding,
                brightness,
                contrast,
                invert,
                noise);
    }

    /** Returns these settings with another largest turn. */
    public Augmentation withRotation(double degrees) {
        return new Augmentation(
                horizontalFlip,
                verticalFlip,
                shift,
                degrees,
                smallestScale,
                largestScale,
                cropPadding,
                brightness,
                contrast,
                invert,
                noise);
    }

    /** Returns these settings with another range of magnification. */
    public Augmentation withScale(double smallest, double largest) {
        return new Augmentation(
                horizontalFlip,
                verticalFlip,
                shift,
                rotation,
                smallest,
                largest,
                cropPadding,
                brightness,
                contrast,
                invert,
                noise);
    }

    /** Returns these settings with another padding before the random crop. */
    public Augmentation withCropPadding(int pixels) {
        return new Augmentation(
                horizontalFlip,
                verticalFlip,
                shift,
                rotation,
                smallestScale,
                largestScale,
                pixels,
                brightness,
                contrast,
                invert,
                noise);
    }

    /** Returns these settings with another largest change of brightness. */
    public Augmentation withBrightness(double fraction) {
        return new Augmentation(
                horizontalFlip,
                verticalFlip,
                shift,
                rotation,
                smallestScale,
                largestScale,
                cropPadding,
                fraction,
                contrast,
                invert,
                noise);
    }

    /** Returns these settings with another largest change of contrast. */
    public Augmentation withContrast(double fraction) {
        return new Augmentation(
                horizontalFlip,
                verticalFlip,
                shift,
                rotation,
                smallestScale,
                largestScale,
                cropPadding,
                brightness,
                fraction,
                invert,
                noise);
    }

    /** Returns these settings with another probability of the negative. */
    public Augmentation withInvert(double probability) {
        return new Augmentation(
                horizontalFlip,
                verticalFlip,
                shift,
                rotation,
                smallestScale,
                largestScale,
                cropPadding,
                brightness,
                contrast,
                probability,
                noise);
    }

    /** Returns these settings with another standard deviation of the noise. */
    public Augmentation withNoise(double std) {
        return new Augmentation(
                horizontalFlip,
                verticalFlip,
                shift,
                rotation,
                smallestScale,
                largestScale,
                cropPadding,
                brightness,
                contrast,
                invert,
                std);
    }
}
