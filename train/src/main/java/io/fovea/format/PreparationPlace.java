package io.fovea.format;

/** Where a picture becomes the network's input. */
public enum PreparationPlace {
    /** In the program that runs the file. */
    OUTSIDE,
    /** In the file: it takes the bytes of a picture of any size. */
    INSIDE
}
