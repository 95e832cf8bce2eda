package io.fovea.dataset;

import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import java.util.Locale;
import java.util.Objects;

/**
 * How pictures were made alike when they were imported: [H, W, C] bytes each.
 *
 * @param height     H, at least 1
 * @param width      W, at least 1
 * @param colorMode  grey or colour
 * @param resizeMode how the shape was made to fit
 * @param cropMargin pixels by which the scaled picture was larger than H and W before its middle was cut out; 0 unless CROP
 */
public record Preparation(int height, int width, ColorMode colorMode, ResizeMode resizeMode, int cropMargin) {

    /** The largest H and W that a dataset may have. */
    public static final int LARGEST_SIDE = 8192;

    /** Checks the sizes. */
    public Preparation {
        Objects.requireNonNull(colorMode, "colorMode");
        Objects.requireNonNull(resizeMode, "resizeMode");
        if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
            throw new IllegalArgumentException(
                    "height and width must be 1 … " + LARGEST_SIDE + ", not " + height + " and " + width);
        }
        if (cropMargin < 0 || cropMargin > 0 && resizeMode != ResizeMode.CROP) {
            throw new IllegalArgumentException(
                    "cropMargin must be 0, or above 0 where the mode is CROP: " + cropMargin);
        }
    }

    /** Without a crop margin. */
    public Preparation(int height, int width, ColorMode colorMode, ResizeMode resizeMode) {
        this(height, width, colorMode, resizeMode, 0);
    }

    /** Returns what a preprocessing does before the numbers are normalised: a dataset so prepared holds what the model sees. */
    public static Preparation of(Preprocessing preprocessing) {
        return new Preparation(
                preprocessing.height(),
                preprocessing.width(),
                preprocessing.colorMode(),
                preprocessing.resizeMode(),
                preprocessing.cropMargin());
    }

    /** Returns it for people, such as {@code 224x224 color, crop with a margin of 32}. */
    public String words() {
        String margin = cropMargin == 0 ? "" : " with a margin of " + cropMargin;
        return height + "x" + width + " " + word(colorMode) + ", " + word(resizeMode) + margin;
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns C. */
    public int channels() {
        return colorMode.channels();
    }

    /** Returns H·W·C, the bytes of one prepared picture. */
    public int sizeInBytes() {
        return height * width * channels();
    }
}
