package io.fovea.batch;

import io.fovea.problem.Problem;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How training pictures are varied at random, each picture anew in each epoch.
 *
 * <p>Everything that moves pixels (random crop, flip, scale, rotation, shift, padded crop, in this order) is combined into one bilinear
 * resampling, so a picture is softened once at most. What comes in from outside repeats the nearest edge pixel. After that, in this order:
 * hue, saturation, contrast, brightness and invert in one go, noise, erasing. At last pictures of a batch are mixed with one another.
 *
 * <pre>{@code Augmentation.NONE.withHorizontalFlip(0.5).withShift(0.1).withRotation(10)}</pre>
 *
 * @param horizontalFlip probability that left and right are exchanged, 0 to 1
 * @param verticalFlip   probability that top and bottom are exchanged, 0 to 1
 * @param shift          furthest move as a fraction of width and height, 0 to 1; drawn evenly from −shift … shift for each axis
 * @param rotation       largest turn in degrees, 0 to 180; drawn evenly from −rotation … rotation
 * @param smallestScale  smallest magnification, 0.1 to 10; drawn evenly from smallestScale … largestScale, 1 changes nothing
 * @param largestScale   largest magnification, {@code smallestScale} to 10
 * @param cropPadding    pixels added on each side before a window of the original size is cut out at a random place, 0 to 1024;
 *                       4 is usual for pictures of 32x32 (He et al. 2016, arXiv:1512.03385, section 4.2)
 * @param randomCrop     a window of random size, shape and place that is stretched over the whole picture
 * @param brightness     largest change in brightness as a fraction of full range, 0 to 1; drawn evenly from −brightness … brightness
 * @param contrast       largest change of the distance from the picture's mean grey, 0 to 1; the factor is drawn evenly from
 *                       1 − contrast … 1 + contrast
 * @param saturation     largest change of the distance of a pixel from its grey, 0 to 1; the factor is drawn evenly from
 *                       1 − saturation … 1 + saturation. Changes pictures in colour only
 * @param hue            largest turn of the circle of colours as a fraction of it, 0 to 0.5; drawn evenly from −hue … hue. Changes
 *                       pictures in colour only
 * @param invert         probability that the picture becomes its negative, 0 to 1
 * @param noise          standard deviation of Gaussian noise added to each value, as a fraction of full range, 0 to 1
 * @param erasing        probability that a window of 2 to 40 % of the picture is filled with random values, 0 to 1 (Zhong et al. 2017,
 *                       arXiv:1708.04896)
 * @param mixup          α of Beta(α, α), 0 to 10, from which the share of a picture is drawn that another one of its batch is laid over,
 *                       with its target; 0 mixes nothing, 0.2 is usual (Zhang et al. 2018, arXiv:1710.09412)
 * @param cutmix         α of Beta(α, α), 0 to 10, from which the share of a picture is drawn that stays when a window of another one of
 *                       its batch is set in; 0 mixes nothing, 1 is usual (Yun et al. 2019, arXiv:1905.04899). With mixup and cutmix each
 *                       picture takes one of the two, with even chances
 */
public record Augmentation(
        double horizontalFlip,
        double verticalFlip,
        double shift,
        double rotation,
        double smallestScale,
        double largestScale,
        int cropPadding,
        RandomCrop randomCrop,
        double brightness,
        double contrast,
        double saturation,
        double hue,
        double invert,
        double noise,
        double erasing,
        double mixup,
        double cutmix) {

    /** Leaves pictures as they are, at no cost. */
    public static final Augmentation NONE =
            new Augmentation(0, 0, 0, 0, 1, 1, 0, RandomCrop.NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final double LARGEST_ALPHA = 10;

    /**
     * Checks the bounds.
     *
     * @throws Problem naming the setting that is out of range
     */
    public Augmentation {
        AugmentationRange.check("horizontalFlip", horizontalFlip, 0, 1);
        AugmentationRange.check("verticalFlip", verticalFlip, 0, 1);
        AugmentationRange.check("shift", shift, 0, 1);
        AugmentationRange.check("rotation", rotation, 0, 180);
        AugmentationRange.check("smallestScale", smallestScale, 0.1, 10);
        AugmentationRange.check("largestScale", largestScale, smallestScale, 10);
        AugmentationRange.check("cropPadding", cropPadding, 0, 1024);
        Objects.requireNonNull(randomCrop, "randomCrop");
        AugmentationRange.check("brightness", brightness, 0, 1);
        AugmentationRange.check("contrast", contrast, 0, 1);
        AugmentationRange.check("saturation", saturation, 0, 1);
        AugmentationRange.check("hue", hue, 0, 0.5);
        AugmentationRange.check("invert", invert, 0, 1);
        AugmentationRange.check("noise", noise, 0, 1);
        AugmentationRange.check("erasing", erasing, 0, 1);
        AugmentationRange.check("mixup", mixup, 0, LARGEST_ALPHA);
        AugmentationRange.check("cutmix", cutmix, 0, LARGEST_ALPHA);
    }

    /** Returns whether any setting moves pixels. */
    public boolean changesGeometry() {
        return horizontalFlip > 0
                || verticalFlip > 0
                || shift > 0
                || rotation > 0
                || smallestScale != 1
                || largestScale != 1
                || cropPadding > 0
                || !randomCrop.isWhole();
    }

    /** Returns whether any setting changes the values of pixels, other pictures left aside. */
    public boolean changesValues() {
        return brightness > 0 || contrast > 0 || saturation > 0 || hue > 0 || invert > 0 || noise > 0 || erasing > 0;
    }

    /** Returns whether any setting mixes the pictures of a batch with one another. */
    public boolean mixesPictures() {
        return mixup > 0 || cutmix > 0;
    }

    /** Returns these settings with another probability of a horizontal flip. */
    public Augmentation withHorizontalFlip(double probability) {
        return with(draft -> draft.horizontalFlip = probability);
    }

    /** Returns these settings with another probability of a vertical flip. */
    public Augmentation withVerticalFlip(double probability) {
        return with(draft -> draft.verticalFlip = probability);
    }

    /** Returns these settings with another furthest move. */
    public Augmentation withShift(double fraction) {
        return with(draft -> draft.shift = fraction);
    }

    /** Returns these settings with another largest turn. */
    public Augmentation withRotation(double degrees) {
        return with(draft -> draft.rotation = degrees);
    }

    /** Returns these settings with another range of magnification. */
    public Augmentation withScale(double smallest, double largest) {
        return with(draft -> {
            draft.smallestScale = smallest;
            draft.largestScale = largest;
        });
    }

    /** Returns these settings with another padding before a window of the original size is cut out. */
    public Augmentation withCropPadding(int pixels) {
        return with(draft -> draft.cropPadding = pixels);
    }

    /** Returns these settings with another window that is stretched over the picture. */
    public Augmentation withRandomCrop(RandomCrop crop) {
        return with(draft -> draft.randomCrop = crop);
    }

    /** Returns these settings with another largest change of brightness. */
    public Augmentation withBrightness(double fraction) {
        return with(draft -> draft.brightness = fraction);
    }

    /** Returns these settings with another largest change of contrast. */
    public Augmentation withContrast(double fraction) {
        return with(draft -> draft.contrast = fraction);
    }

    /** Returns these settings with another largest change of saturation. */
    public Augmentation withSaturation(double fraction) {
        return with(draft -> draft.saturation = fraction);
    }

    /** Returns these settings with another largest turn of the circle of colours. */
    public Augmentation withHue(double turn) {
        return with(draft -> draft.hue = turn);
    }

    /**
     * Returns these settings with brightness, contrast and saturation changed by up to {@code strength}, 0 to 1, and hue by a
     * quarter of it.
     *
     * <p>Source of the proportions: Chen et al. 2020, arXiv:2002.05709, appendix A.
     */
    public Augmentation withJitter(double strength) {
        AugmentationRange.check("jitter", strength, 0, 1);
        return with(draft -> {
            draft.brightness = strength;
            draft.contrast = strength;
            draft.saturation = strength;
            draft.hue = strength / 4;
        });
    }

    /** Returns these settings with another probability of the negative. */
    public Augmentation withInvert(double probability) {
        return with(draft -> draft.invert = probability);
    }

    /** Returns these settings with another standard deviation of the noise. */
    public Augmentation withNoise(double std) {
        return with(draft -> draft.noise = std);
    }

    /** Returns these settings with another probability of erasing. */
    public Augmentation withErasing(double probability) {
        return with(draft -> draft.erasing = probability);
    }

    /** Returns these settings with another α of mixup. */
    public Augmentation withMixup(double alpha) {
        return with(draft -> draft.mixup = alpha);
    }

    /** Returns these settings with another α of cutmix. */
    public Augmentation withCutmix(double alpha) {
        return with(draft -> draft.cutmix = alpha);
    }

    private Augmentation with(Consumer<AugmentationDraft> change) {
        AugmentationDraft draft = new AugmentationDraft(this);
        change.accept(draft);
        return draft.finished();
    }
}
