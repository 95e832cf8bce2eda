package io.fovea.batch;

/** The settings of an {@link Augmentation} while one of them changes, so that each change names only its own. */
final class AugmentationDraft {

    double horizontalFlip;
    double verticalFlip;
    double shift;
    double rotation;
    double smallestScale;
    double largestScale;
    int cropPadding;
    RandomCrop randomCrop;
    double brightness;
    double contrast;
    double saturation;
    double hue;
    double invert;
    double noise;
    double erasing;
    double mixup;
    double cutmix;

    AugmentationDraft(Augmentation settings) {
        horizontalFlip = settings.horizontalFlip();
        verticalFlip = settings.verticalFlip();
        shift = settings.shift();
        rotation = settings.rotation();
        smallestScale = settings.smallestScale();
        largestScale = settings.largestScale();
        cropPadding = settings.cropPadding();
        randomCrop = settings.randomCrop();
        brightness = settings.brightness();
        contrast = settings.contrast();
        saturation = settings.saturation();
        hue = settings.hue();
        invert = settings.invert();
        noise = settings.noise();
        erasing = settings.erasing();
        mixup = settings.mixup();
        cutmix = settings.cutmix();
    }

    Augmentation finished() {
        return new Augmentation(
                horizontalFlip,
                verticalFlip,
                shift,
                rotation,
                smallestScale,
                largestScale,
                cropPadding,
                randomCrop,
                brightness,
                contrast,
                saturation,
                hue,
                invert,
                noise,
                erasing,
                mixup,
                cutmix);
    }
}
