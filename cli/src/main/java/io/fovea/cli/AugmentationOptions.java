package io.fovea.cli;

import io.fovea.batch.Augmentation;
import io.fovea.batch.RandomCrop;
import io.fovea.problem.Problem;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Random changes to training pictures, each with an option of its own; what is not given stays as it was. */
final class AugmentationOptions {

    /** The options that change a picture by itself. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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

    /**
     * Returns settings with the options given over them.
     *
     * @throws ParameterException naming the option whose value is out of range
     */
    Augmentation over(Augmentation settings) {
        Augmentation changed = settings;
        changed = with(changed, "--flip", flip, Augmentation::withHorizontalFlip);
        changed = with(changed, "--flip-vertical", verticalFlip, Augmentation::withVerticalFlip);
        changed = with(changed, "--shift", shift, Augmentation::withShift);
        changed = with(changed, "--rotation", rotation, Augmentation::withRotation);
        changed = with(changed, "--scale", scale, (to, range) -> to.withScale(range[0], range[1]));
        changed = with(changed, "--crop-padding", cropPadding, Augmentation::withCropPadding);
        changed = with(changed, "--random-crop", randomCrop, (to, area) -> to.withRandomCrop(RandomCrop.from(area)));
        changed = with(changed, "--jitter", jitter, Augmentation::withJitter);
        changed = with(changed, "--brightness", brightness, Augmentation::withBrightness);
        changed = with(changed, "--contrast", contrast, Augmentation::withContrast);
        changed = with(changed, "--saturation", saturation, Augmentation::withSaturation);
        changed = with(changed, "--hue", hue, Augmentation::withHue);
        changed = with(changed, "--invert", invert, Augmentation::withInvert);
        changed = with(changed, "--noise", noise, Augmentation::withNoise);
        changed = with(changed, "--erasing", erasing, Augmentation::withErasing);
        changed = with(changed, "--mixup", mixup, Augmentation::withMixup);
        return with(changed, "--cutmix", cutmix, Augmentation::withCutmix);
    }

    /** Returns the settings with the value of an option, if it was given. */
    private <T> Augmentation with(
            Augmentation settings, String option, T value, BiFunction<Augmentation, T, Augmentation> change) {
        if (value == null) return settings;
        try {
            return change.apply(settings, value);
        } catch (Problem outOfRange) {
            throw new ParameterException(spec.commandLine(), option + ": " + outOfRange.what(), outOfRange);
        }
    }
}
