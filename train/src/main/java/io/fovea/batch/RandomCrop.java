package io.fovea.batch;

import io.fovea.problem.Problem;

/**
 * A window of random size, shape and place that is cut out of a picture and stretched over it, as large networks are trained.
 *
 * <p>The window has {@code area} drawn evenly from smallestArea … largestArea and {@code shape} drawn from smallestShape … largestShape,
 * evenly by its logarithm: width = W·√(area·shape), height = H·√(area/shape), in whole pixels. What does not fit is drawn again, up to ten
 * times; then the largest window in the middle whose shape is allowed is taken. Each place where it fits is as likely.
 *
 * <p>Source: Szegedy et al. 2015, arXiv:1409.4842, section 6; the ten attempts as in torchvision's {@code RandomResizedCrop}.
 *
 * @param smallestArea  least fraction of the picture's area, 0.01 to 1
 * @param largestArea   largest fraction of the picture's area, {@code smallestArea} to 1
 * @param smallestShape least width in proportion to the height, 0.1 to 10; 1 is the shape of the picture
 * @param largestShape  largest width in proportion to the height, {@code smallestShape} to 10
 */
public record RandomCrop(double smallestArea, double largestArea, double smallestShape, double largestShape) {

    /** The whole picture: changes nothing. */
    public static final RandomCrop NONE = RandomCrop.from(1);

    /**
     * Checks the bounds.
     *
     * @throws Problem naming the setting that is out of range
     */
    public RandomCrop {
        AugmentationRange.check("randomCrop", smallestArea, 0.01, 1);
        AugmentationRange.check("randomCrop, largestArea", largestArea, smallestArea, 1);
        AugmentationRange.check("randomCrop, smallestShape", smallestShape, 0.1, 10);
        AugmentationRange.check("randomCrop, largestShape", largestShape, smallestShape, 10);
    }

    /** Returns windows from {@code smallestArea} to the whole picture, ¾ to 4/3 in shape; 0.08 is usual for photographs. */
    public static RandomCrop from(double smallestArea) {
        return new RandomCrop(smallestArea, 1, 3 / 4.0, 4 / 3.0);
    }

    /** Returns whether every window is the whole picture, whatever the shapes allowed. */
    public boolean isWhole() {
        return smallestArea == 1;
    }
}
