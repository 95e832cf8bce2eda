package io.fovea.image;

/**
 * How a picture of any shape becomes one of the wanted height and width.
 *
 * <p>Symbols: the picture is [H, W], the target [h, w]; the picture is called wide if W / H &gt; w / h. The rules are
 * given for a wide picture; for the others swap the sides. The four modes are those of DIGITS, but the rest is filled
 * with black, not with noise.
 */
public enum ResizeMode {
    /** Stretches both sides to fit; proportions change. */
    SQUASH,

    /**
     * Keeps proportions, scales until both sides cover the target, and cuts the middle out.
     *
     * <p>Scaled to [h, ⌊W · h / H⌋]; the cut begins at half the rest, a half rounded to the even number. For a square
     * target this equals torchvision's {@code Resize(h)} followed by {@code CenterCrop(h)}.
     */
    CROP,

    /**
     * Keeps proportions, scales until the longer side fits, and fills the rest with black, centred.
     *
     * <p>Scaled to [max(1, round(H · w / W)), w]; the picture begins at half the rest, rounded down.
     */
    FILL,

    /**
     * Half crop, half fill: proportions are kept, the longer side is cut and the shorter side filled with black.
     *
     * <p>The picture is divided by the mean of its two ratios, (W / w + H / h) / 2, which lies between those of
     * {@link #CROP} and {@link #FILL}; both sides are rounded to the nearest pixel, then cut and filled as there.
     */
    HALF_CROP
}
