package io.fovea.batch;

import java.util.random.RandomGenerator;

/**
 * A window of random area, shape and place within a picture, in whole pixels; drawn again and again without allocation.
 *
 * <p>width = W·√(area·shape), height = H·√(area/shape), as {@link RandomCrop} describes.
 */
final class RandomWindow {

    private static final int MOST_ATTEMPTS = 10;

    private final int pictureHeight;
    private final int pictureWidth;
    private int left;
    private int top;
    private int width;
    private int height;

    RandomWindow(int pictureHeight, int pictureWidth) {
        this.pictureHeight = pictureHeight;
        this.pictureWidth = pictureWidth;
    }

    /** Draws a window; returns false, without one, if none of ten drawn sizes fits into the picture. */
    boolean draw(
            double smallestArea,
            double largestArea,
            double smallestShape,
            double largestShape,
            RandomGenerator random) {
        // StrictMath: the same bits on every processor
        double narrowest = StrictMath.log(smallestShape);
        double widest = StrictMath.log(largestShape);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            double area = smallestArea + (largestArea - smallestArea) * random.nextDouble();
            double shape = StrictMath.exp(narrowest + (widest - narrowest) * random.nextDouble());
            width = pixels(pictureWidth * Math.sqrt(area * shape));
            height = pixels(pictureHeight * Math.sqrt(area / shape));
            if (width <= pictureWidth && height <= pictureHeight) {
                left = random.nextInt(pictureWidth - width + 1);
                top = random.nextInt(pictureHeight - height + 1);
                return true;
            }
        }
        return false;
    }

    /** Takes the largest window in the middle whose shape lies within the bounds. */
    void takeMiddle(double smallestShape, double largestShape) {
        double shape = Math.clamp(1, smallestShape, largestShape);
        width = pixels(pictureWidth * Math.min(1, shape));
        height = pixels(pictureHeight * Math.min(1, 1 / shape));
        left = (pictureWidth - width) / 2;
        top = (pictureHeight - height) / 2;
    }

    private static int pixels(double size) {
        return Math.max(1, (int) Math.rint(size));
    }

    int left() {
        return left;
    }

    int top() {
        return top;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }
}
