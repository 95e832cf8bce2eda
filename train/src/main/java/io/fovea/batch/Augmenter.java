package io.fovea.batch;

import io.fovea.dataset.SplitMix;
import java.util.random.RandomGenerator;

/**
 * Varies pictures in place as an {@link Augmentation} says.
 *
 * <p>Every picture takes the same draws in the same order, whether a setting is on or off: switching one on leaves the others'
 * values as they were. What takes a varying number of draws has a stream of its own. Holds scratch memory, so each thread needs its own.
 */
final class Augmenter {

    private final Augmentation settings;
    private final AffineMap map;
    private final RandomWindow window;
    private final AffineResampling resampling;
    private final ToneChange tone;
    private final RandomErasing erasing;
    private final SplitMix own = new SplitMix(0);
    private final int height;
    private final int width;
    private TargetMotion.Mirroring mirroring = TargetMotion.Mirroring.AS_IT_WAS;

    Augmenter(Augmentation settings, int height, int width, int channels) {
        this.settings = settings;
        this.height = height;
        this.width = width;
        this.map = new AffineMap(height, width);
        this.window = new RandomWindow(height, width);
        this.resampling = new AffineResampling(height, width, channels);
        this.tone = new ToneChange(height * width, channels);
        this.erasing = new RandomErasing(height, width, channels);
    }

    /** Varies the picture [H, W, C] that starts at {@code offset}. */
    void apply(byte[] pixels, int offset, SplitMix random) {
        move(pixels, offset, random);
        alter(pixels, offset, random);
    }

    /** Changes the values of a picture that was moved: tones, noise, erasing. */
    void alter(byte[] pixels, int offset, SplitMix random) {
        changeTone(pixels, offset, random);
        boolean erases = random.nextDouble() < settings.erasing();
        own.restart(random.nextLong());
        if (erases) erasing.apply(pixels, offset, own);
    }

    /** Moves a picture's pixels: the first half of {@link #apply}. */
    void move(byte[] pixels, int offset, SplitMix random) {
        boolean flipsHorizontally = random.nextDouble() < settings.horizontalFlip();
        boolean flipsVertically = random.nextDouble() < settings.verticalFlip();
        double shiftX = between(-settings.shift(), settings.shift(), random) * width;
        double shiftY = between(-settings.shift(), settings.shift(), random) * height;
        double degrees = between(-settings.rotation(), settings.rotation(), random);
        double scale = between(settings.smallestScale(), settings.largestScale(), random);
        double cropX = whole(settings.cropPadding(), random);
        double cropY = whole(settings.cropPadding(), random);
        own.restart(random.nextLong());

        mirroring = flipsHorizontally ? TargetMotion.Mirroring.MIRRORED : TargetMotion.Mirroring.AS_IT_WAS;
        map.begin();
        if (!settings.changesGeometry()) return;
        if (!settings.randomCrop().isWhole()) crop(settings.randomCrop());
        if (flipsHorizontally) map.flipHorizontally();
        if (flipsVertically) map.flipVertically();
        map.scale(scale);
        map.rotate(degrees);
        map.shift(shiftX + cropX, shiftY + cropY);
        resampling.apply(map, pixels, offset);
    }

    private void crop(RandomCrop crop) {
        boolean fits =
                window.draw(crop.smallestArea(), crop.largestArea(), crop.smallestShape(), crop.largestShape(), own);
        if (!fits) window.takeMiddle(crop.smallestShape(), crop.largestShape());
        map.crop(window.left(), window.top(), window.width(), window.height());
    }

    private void changeTone(byte[] pixels, int offset, SplitMix random) {
        double contrast = 1 + between(-settings.contrast(), settings.contrast(), random);
        double brightness = between(-settings.brightness(), settings.brightness(), random);
        boolean inverts = random.nextDouble() < settings.invert();
        double saturation = 1 + between(-settings.saturation(), settings.saturation(), random);
        double hue = between(-settings.hue(), settings.hue(), random);
        own.restart(random.nextLong());

        tone.begin();
        tone.hue(hue);
        tone.saturation(saturation);
        if (contrast != 1) tone.contrast(contrast, pixels, offset);
        tone.brightness(brightness);
        if (inverts) tone.invert();
        tone.apply(pixels, offset);
        if (settings.noise() > 0) tone.noise(settings.noise(), own, pixels, offset);
    }

    /** Returns whether left and right of the picture that was varied last were exchanged. */
    TargetMotion.Mirroring mirroring() {
        return mirroring;
    }

    /** Returns how the picture that was varied last has moved; valid until the next. */
    AffineMap map() {
        return map;
    }

    /** Draws evenly from least … most; takes one draw also where both are equal. */
    private static double between(double least, double most, RandomGenerator random) {
        return least + (most - least) * random.nextDouble();
    }

    /** Draws one of the 2·most + 1 whole numbers −most … most. */
    private static int whole(int most, RandomGenerator random) {
        return (int) (random.nextDouble() * (2 * most + 1)) - most;
    }
}
