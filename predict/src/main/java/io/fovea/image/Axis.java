package io.fovea.image;

/** What a regressed number has to do with the picture; decides how it moves when the picture is flipped, shifted or resized. */
public enum Axis {
    /** A place along the width, in pixels from the left edge. */
    X,
    /** A place along the height, in pixels from the upper edge. */
    Y,
    /** Nothing: a plain value, such as a weight or an age. */
    NONE
}
