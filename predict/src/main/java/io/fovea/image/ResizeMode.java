package io.fovea.image;

/** How a picture of any shape becomes one of the wanted height and width. */
public enum ResizeMode {
    /** Stretches both sides to fit; proportions change. */
    SQUASH,
    /** Keeps proportions, scales until both sides cover the target, and cuts the middle out. */
    CROP,
    /** Keeps proportions, scales until the longer side fits, and fills the rest with black, centred. */
    FILL,
    /** Half crop, half fill: scales to the mean of the crop and the fill size, then cuts one side and fills the other. */
    HALF_CROP
}
