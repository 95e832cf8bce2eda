package io.fovea.image;

import java.util.Objects;

/**
 * Makes a picture of any shape one of the wanted height and width, as {@link ResizeMode} says.
 *
 * <p>Shapes: [H, W, C] → [height, width, C]. Scaling is antialiased bilinear, equal to Pillow's
 * {@code Image.resize(size, BILINEAR)} to the bit; a cut or filled picture equals Pillow's scaled one there.
 *
 * <p>Threads may share it; it holds nothing.
 */
public final class Resize {

    private Resize() {}

    /**
     * Returns the picture in the wanted size; the same object if it has that size already.
     *
     * @throws IllegalArgumentException if height or width is below 1
     */
    public static Pixels to(Pixels picture, int height, int width, ResizeMode mode) {
        return to(picture, height, width, mode, 0);
    }

    /**
     * Returns the same, but scaled to cover {@code cropMargin} pixels more along both sides, which are cut off: 224 with a margin
     * of 32 is torchvision's {@code Resize(256)} followed by {@code CenterCrop(224)}.
     *
     * @throws IllegalArgumentException if height or width is below 1, the margin is negative, or there is one and the mode is not
     *     {@link ResizeMode#CROP}
     */
    public static Pixels to(Pixels picture, int height, int width, ResizeMode mode, int cropMargin) {
        check(height, width, mode, cropMargin);
        if (picture.height() == height && picture.width() == width && cropMargin == 0) return picture;
        int scaledHeight = scaled(picture.height(), picture.width(), height + cropMargin, width + cropMargin, mode);
        int scaledWidth = scaled(picture.width(), picture.height(), width + cropMargin, height + cropMargin, mode);
        Span rows = Span.centred(scaledHeight, height);
        Span columns = Span.centred(scaledWidth, width);
        Pixels visible = Resampling.window(
                picture, scaledHeight, scaledWidth, rows.from(), columns.from(), rows.length(), columns.length());
        if (rows.length() == height && columns.length() == width) return visible;
        return onBlack(visible, height, width, rows.to(), columns.to());
    }

    /** Returns where the points of a picture [fromHeight, fromWidth] come to lie when {@link #to} makes it [height, width]. */
    public static Placement placement(
            int fromHeight, int fromWidth, int height, int width, ResizeMode mode, int cropMargin) {
        check(height, width, mode, cropMargin);
        if (fromHeight == height && fromWidth == width && cropMargin == 0) return new Placement(1, 1, 0, 0);
        int scaledHeight = scaled(fromHeight, fromWidth, height + cropMargin, width + cropMargin, mode);
        int scaledWidth = scaled(fromWidth, fromHeight, width + cropMargin, height + cropMargin, mode);
        Span rows = Span.centred(scaledHeight, height);
        Span columns = Span.centred(scaledWidth, width);
        return new Placement(
                (double) scaledWidth / fromWidth,
                (double) scaledHeight / fromHeight,
                columns.to() - columns.from(),
                rows.to() - rows.from());
    }

    private static void check(int height, int width, ResizeMode mode, int cropMargin) {
        Objects.requireNonNull(mode, "mode");
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("height and width must be at least 1: " + height + "x" + width);
        }
        if (cropMargin < 0 || cropMargin > 0 && mode != ResizeMode.CROP) {
            throw new IllegalArgumentException(
                    "cropMargin must be 0, or above 0 where the mode is CROP: " + cropMargin);
        }
    }

    /** One side of the scaled picture: {@code side} becomes {@code target}, more or less, beside {@code other} and its target. */
    private static int scaled(long side, long other, long target, long otherTarget, ResizeMode mode) {
        boolean longer = side * otherTarget > other * target;
        return switch (mode) {
            case SQUASH -> (int) target;
            // Rounded down, as torchvision's Resize does with the longer side.
            case CROP -> longer ? Math.toIntExact(side * otherTarget / other) : (int) target;
            case FILL -> longer ? (int) target : rounded(side * otherTarget, other);
            case HALF_CROP -> rounded(2 * side * target * otherTarget, side * otherTarget + other * target);
        };
    }

    /** The nearest whole number to a quotient, halves up, at least 1. */
    private static int rounded(long dividend, long divisor) {
        return Math.max(1, Math.toIntExact((2 * dividend + divisor) / (2 * divisor)));
    }

    private static Pixels onBlack(Pixels visible, int height, int width, int top, int left) {
        int channels = visible.channels();
        int rowLength = visible.width() * channels;
        byte[] values = new byte[height * width * channels];
        for (int y = 0; y < visible.height(); y++) {
            System.arraycopy(visible.values(), y * rowLength, values, ((top + y) * width + left) * channels, rowLength);
        }
        return new Pixels(height, width, channels, values);
    }

    /** Along one side: {@code length} pixels, from {@code from} in the scaled picture, to {@code to} in the result. */
    private record Span(int from, int to, int length) {

        static Span centred(int scaled, int target) {
            // An odd rest is shared as torchvision's CenterCrop does: its half, rounded to the even number.
            if (scaled >= target) return new Span((int) Math.rint((scaled - target) / 2.0), 0, target);
            return new Span(0, (target - scaled) / 2, scaled);
        }
    }
}
