package io.fovea.cli;

import io.fovea.dataset.Augmentation;
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

    @Option(names = "--brightness", paramLabel = "F", description = "Change brightness by up to the fraction F.")
    private Double brightness;

    @Option(names = "--contrast", paramLabel = "F", description = "Change contrast by up to the fraction F.")
    private Double contrast;

    @Option(names = "--invert", paramLabel = "P", description = "Make the negative with probability P.")
    private Double invert;

    @Option(names = "--noise", paramLabel = "F", description = "Add noise with standard deviation F of full range.")
    private Double noise;

    Augmentation over(Augmentation settings) {
        Augmentation changed = settings;
        if (flip != null) changed = changed.withHorizontalFlip(flip);
        if (verticalFlip != null) changed = changed.withVerticalFlip(verticalFlip);
        if (shift != null) changed = changed.withShift(shift);
        if (rotation != null) changed = changed.withRotation(rotation);
        if (scale != null) changed = changed.withScale(scale[0], scale[1]);
        if (cropPadding != null) changed = changed.withCropPadding(cropPadding);
        if (brightness != null) changed = changed.withBrightness(brightness);
        if (contrast != null) changed = changed.withContrast(contrast);
        if (invert != null) changed = changed.withInvert(invert);
        if (noise != null) changed = changed.withNoise(noise);
        return changed;
    }
}
