package io.fovea.cli;

import io.fovea.dataset.Augmentation;
import io.fovea.dataset.RandomCrop;
import picocli.CommandLine.Option;

/** Random changes to training pictures, each with an option of its own; what is not given stays as it was. */
final class AugmentationOptions {

    @Option(names = "--flip", paramLabel = "P", description = "Mirror left to right with probability P.")
    private Double flip;

    @Option(names = "--flip-vertical", paramLabel = "P", description = "Mirror top to bottom with probability P.")
    private Double verticalFlip;

    @Option(names = "--shift", paramLabel = "F", description = "Move by up to the fraction F of the picture.")
    private Double shift;

    @Option(names = "--rotation", paramLabel = "DEGREES", description = "Turn by up to so many degrees.")
    private Double rotation;

    @Option(
            names = "--scale",
            paramLabel = "F",
            arity = "2",
            description = "Magnify by a factor between two numbers, such as 0.8 1.2.")
    private double[] scale;

    @Option(
            names = "--crop-padding",
            paramLabel = "N",
            description = "Add N pixels all round, then cut out at a random place.")
    private Integer cropPadding;

    @Option(
            names = "--random-crop",
            paramLabel = "F",
            description =
                    "Cut out a random window of the fraction F to 1 of the picture, and stretch it to the picture's"
                            + " size; 0.08 is usual for photographs.")
    private Double randomCrop;

    @Option(
            names = "--jitter",
            paramLabel = "F",
            description = "Change brightness, contrast and saturation by up to the fraction F, hue by up to F/4.")
    private Double jitter;

    @Option(names = "--brightness", paramLabel = "F", description = "Change brightness by up to the fraction F.")
    private Double brightness;

    @Option(names = "--contrast", paramLabel = "F", description = "Change contrast by up to the fraction F.")
    private Double contrast;

    @Option(names = "--saturation", paramLabel = "F", description = "Change saturation by up to the fraction F.")
    private Double saturation;

    @Option(
            names = "--hue",
            paramLabel = "F",
            description = "Turn the circle of colours by up to the fraction F, at most 0.5.")
    private Double hue;

    @Option(names = "--invert", paramLabel = "P", description = "Make the negative with probability P.")
    private Double invert;

    @Option(names = "--noise", paramLabel = "F", description = "Add noise with standard deviation F of full range.")
    private Double noise;

    @Option(
            names = "--erasing",
            paramLabel = "P",
            description = "Fill a random window with random values with probability P.")
    private Double erasing;

    @Option(
            names = "--mixup",
            paramLabel = "ALPHA",
            description =
                    "Lay pictures of a batch over one another, in shares drawn from Beta(ALPHA, ALPHA); 0.2 is usual.")
    private Double mixup;

    @Option(
            names = "--cutmix",
            paramLabel = "ALPHA",
            description = "Set windows of other pictures of the batch in, in shares drawn from Beta(ALPHA, ALPHA); 1 is"
                    + " usual.")
    private Double cutmix;

    Augmentation over(Augmentation settings) {
        Augmentation changed = settings;
        if (flip != null) changed = changed.withHorizontalFlip(flip);
        if (verticalFlip != null) changed = changed.withVerticalFlip(verticalFlip);
        if (shift != null) changed = changed.withShift(shift);
        if (rotation != null) changed = changed.withRotation(rotation);
        if (scale != null) changed = changed.withScale(scale[0], scale[1]);
        if (cropPadding != null) changed = changed.withCropPadding(cropPadding);
        if (randomCrop != null) changed = changed.withRandomCrop(RandomCrop.from(randomCrop));
        if (jitter != null) changed = changed.withJitter(jitter);
        if (brightness != null) changed = changed.withBrightness(brightness);
        if (contrast != null) changed = changed.withContrast(contrast);
        if (saturation != null) changed = changed.withSaturation(saturation);
        if (hue != null) changed = changed.withHue(hue);
        if (invert != null) changed = changed.withInvert(invert);
        if (noise != null) changed = changed.withNoise(noise);
        if (erasing != null) changed = changed.withErasing(erasing);
        if (mixup != null) changed = changed.withMixup(mixup);
        if (cutmix != null) changed = changed.withCutmix(cutmix);
        return changed;
    }
}
